import { houseHandler } from "../runtime/house-handler.ts";
import { createObservability } from "../runtime/observability.ts";
import { createContainer } from "./container.ts";
import { createDispatchWork } from "./dispatch-work.ts";
import { parseEnvironment } from "./environment.ts";

const environment = parseEnvironment(process.env);
const observability = createObservability("dispatch", environment.logLevel, environment.deployment);
const container = createContainer(environment, observability);

export const handler = houseHandler(createDispatchWork(container), observability, container.clock);
