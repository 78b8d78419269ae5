import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { lastingIn } from "./lasting.ts";
import { resourcesOf, synthesise } from "./synthesis.ts";

// On purpose only: whoever runs this says that what changed may be replaced where Doorman is deployed, or is new.
const file = join(import.meta.dirname, "fixtures", "lasting.json");
writeFileSync(file, `${JSON.stringify(lastingIn(resourcesOf(synthesise())), undefined, 2)}\n`);
