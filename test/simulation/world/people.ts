import type { SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { ALL_SCOPES } from "../../../infra/local/simulated-store/store-state.ts";
import type { CampaignTable } from "../../../lib/application/ports/campaign-table.ts";
import type { StateTable } from "../../../lib/application/ports/state-table.ts";
import { type Instant, plus } from "../../../lib/domain/instant.ts";
import type { Action, Plan } from "../plan/plan.ts";
import { recordOf } from "../plan/record.ts";
import type { EcwidWatch } from "./ecwid-watch.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Secrets } from "./secrets.ts";
import type { Troubles } from "./troubles.ts";

interface PeopleDependencies {
  readonly plan: Plan;
  readonly beginning: Instant;
  readonly ecwid: SimulatedEcwid;
  readonly watch: EcwidWatch;
  readonly campaigns: CampaignTable;
  readonly state: StateTable;
  readonly secrets: Secrets;
  readonly scheduler: Scheduler;
  readonly troubles: Troubles;
  /** A record of the campaigns table has changed. */
  readonly changed: (storeId: string, campaignId: string) => void;
  readonly stopped: (isStopped: boolean) => void;
  readonly trace: (text: string) => void;
}

/** @returns a text that nobody else uses, and that a search of the logs would find. */
export function tokenText(storeId: string, generation: number): string {
  return `secret_of_store_${storeId}_no_${generation}_qX7`;
}

/** Puts every planned action of people and of Ecwid's staff on the scheduler. */
export function schedulePeople(dependencies: PeopleDependencies): void {
  const { plan, beginning, scheduler, troubles, trace } = dependencies;
  const act = createActor(dependencies);
  for (const action of plan.actions) {
    scheduler.at(plus(beginning, action.atMs), () => {
      trace(`PERSON ${JSON.stringify(action)}`);
      troubles.count(`person ${action.kind === "put" && action.campaign.broken !== undefined ? "breaks a record" : action.kind}`);
      act(action);
      return true;
    });
  }
}

function createActor(dependencies: PeopleDependencies): (action: Action) => void {
  const { plan, ecwid, watch, campaigns, state, secrets, scheduler, changed, stopped } = dependencies;
  const tokens = new Map<string, number>();
  const later = (ms: number, run: () => void) =>
    scheduler.at(plus(scheduler.now(), ms), () => {
      run();
      return true;
    });
  const setStopped = async (isStopped: boolean) => {
    const { version, stopped: _before, ...system } = await state.readSystem();
    const next = isStopped ? { ...system, stopped: { since: scheduler.now(), reason: "simulated" } } : system;
    await state.writeSystem(next, version);
    stopped(isStopped);
  };

  return (action) => {
    const store = plan.stores[action.store];
    if (store === undefined) return;
    const { storeId } = store;
    switch (action.kind) {
      case "put":
        void campaigns.put(recordOf(storeId, store.timeZone, action.campaign));
        changed(storeId, action.campaign.campaignId);
        return;
      case "remove":
        void campaigns.remove(storeId, action.campaignId);
        changed(storeId, action.campaignId);
        return;
      case "limit":
        return watch.edit(storeId, [`coupon#${action.coupon}`], () =>
          ecwid.edit.coupon(storeId, action.coupon, { applicationLimit: action.limit }),
        );
      case "groups": {
        const now = watch.value(storeId, `promotion#${action.promotion}`).groups ?? [];
        const next = [...now.filter((group) => !action.remove.includes(group)), ...action.add.filter((group) => !now.includes(group))];
        if (next.length === 0) return;
        return watch.edit(storeId, [`promotion#${action.promotion}`], () =>
          ecwid.edit.promotion(storeId, action.promotion, { triggers: { customerGroups: next } }),
        );
      }
      case "trigger":
        return watch.edit(storeId, [`promotion#${action.promotion}`], () =>
          ecwid.edit.promotion(storeId, action.promotion, { triggers: { [action.name]: action.value } }),
        );
      case "group-deleted":
        if (ecwid.store(storeId).groups.some(({ id }) => id === action.group))
          watch.edit(storeId, [], () => ecwid.edit.deleteGroup(storeId, action.group));
        return;
      case "suspended":
        ecwid.edit.store(storeId, { suspended: true });
        return later(action.forMs, () => ecwid.edit.store(storeId, { suspended: false }));
      case "feature-lost":
        ecwid.edit.store(storeId, { missingFeatures: [action.feature] });
        return later(action.forMs, () => ecwid.edit.store(storeId, { missingFeatures: [] }));
      case "token-replaced": {
        const generation = (tokens.get(storeId) ?? 1) + 1;
        tokens.set(storeId, generation);
        const token = tokenText(storeId, generation);
        ecwid.edit.tokens(storeId, [{ token, scopes: [...ALL_SCOPES], dead: false }]);
        // Of two that overlap, the later one counts.
        return later(action.gapMs, () => {
          if (tokens.get(storeId) === generation) secrets.put(storeId, token);
        });
      }
      case "kill-switch":
        void setStopped(true);
        return later(action.forMs, () => void setStopped(false));
    }
  };
}
