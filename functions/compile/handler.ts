import { houseHandler } from "../runtime/house-handler.ts";
import { createObservability } from "../runtime/observability.ts";
import { createCompileWork } from "./compile-work.ts";
import { createContainer } from "./container.ts";
import { parseEnvironment } from "./environment.ts";

const environment = parseEnvironment(process.env);
const observability = createObservability("compile", environment.logLevel, environment.deployment);
const container = createContainer(environment, observability);

export const handler = houseHandler(createCompileWork(container, observability.complain), observability, container.clock);
