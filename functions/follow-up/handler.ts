import { houseHandler } from "../runtime/house-handler.ts";
import { createObservability } from "../runtime/observability.ts";
import { createContainer } from "./container.ts";
import { parseEnvironment } from "./environment.ts";
import { createFollowUpWork } from "./follow-up-work.ts";

const environment = parseEnvironment(process.env);
const observability = createObservability("follow-up", environment.logLevel, environment.deployment);
const container = createContainer(environment, observability);

export const handler = houseHandler(createFollowUpWork(container), observability, container.clock);
