import { houseHandler } from "../runtime/house-handler.ts";
import { createObservability } from "../runtime/observability.ts";
import { createContainer } from "./container.ts";
import { parseEnvironment } from "./environment.ts";
import { createSweepWork } from "./sweep-work.ts";

const environment = parseEnvironment(process.env);
const observability = createObservability("sweep", environment.logLevel, environment.deployment);
const container = createContainer(environment, observability);

export const handler = houseHandler(createSweepWork(container), observability, container.clock);
