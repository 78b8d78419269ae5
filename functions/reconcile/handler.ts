import { isQueueOfStore } from "../../lib/adapters/queue/queue-of-store.ts";
import type { StoreId } from "../../lib/domain/identifiers.ts";
import { houseHandler } from "../runtime/house-handler.ts";
import { createObservability } from "../runtime/observability.ts";
import { createContainer } from "./container.ts";
import { parseEnvironment } from "./environment.ts";
import { createReconcileWork } from "./reconcile-work.ts";

const environment = parseEnvironment(process.env);
const observability = createObservability("reconcile", environment.logLevel, environment.deployment);
const container = createContainer(environment, observability);

const isMisplaced = (storeId: StoreId, arn: string) => !isQueueOfStore(storeId, arn, environment.queueUrls);

export const handler = houseHandler(createReconcileWork(container, isMisplaced), observability, container.clock);
