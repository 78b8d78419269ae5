import * as z from "zod";
import { type FollowUpDependencies, followUp, settle } from "../../lib/application/follow-up/follow-up.ts";
import type { Work } from "../runtime/house-handler.ts";

/** What EventBridge sends for a rule that goes by the clock. */
const scheduled = z.object({ "detail-type": z.literal("Scheduled Event") });

/** @returns what the follow-up function does with a change of an alarm, and every quarter of an hour with what is still owed. */
export function createFollowUpWork(dependencies: FollowUpDependencies): Work<unknown, void> {
  return (event, deadline) =>
    scheduled.safeParse(event).success ? settle(dependencies, deadline) : followUp(dependencies, event, deadline);
}
