import type { Notice } from "../../../lib/application/ports/notices.ts";
import { createFollowedUp, type FollowedUp } from "../follow-up.ts";
import { COUPON, STORE, type World } from "../world.ts";
import { SCENES, type Scene } from "./scenes.ts";

/** A message of the documentation, and what led to it. */
export interface Chapter {
  readonly title: string;
  readonly happened: string;
  readonly notice: Notice;
}

async function tellOf({ title, happened, alarm, play }: Scene): Promise<Chapter & { readonly world: World; readonly told: FollowedUp }> {
  const world = await play();
  const told = createFollowedUp(world);
  await told.alarm(alarm, "ALARM");
  const [notice, ...others] = told.notices;
  if (notice === undefined || others.length > 0) throw new Error(`${title}: ${told.notices.length} messages instead of one`);
  return { title, happened, notice, world, told };
}

/** The end of the first incident: somebody has put a new token, and the look that the follow-up asked for has found it. */
async function mended(scene: Scene): Promise<Chapter> {
  const { world, told } = await tellOf(scene);
  await world.clock.advanceBy(35 * 60_000);
  world.ecwid.edit.tokens(STORE, [{ token: "secret_new", scopes: [...NEEDED], dead: false }]);
  world.secrets.set(STORE, { token: "secret_new" });
  await world.sweep();
  await world.clock.advanceBy(63 * 60_000);
  await told.alarm(scene.alarm, "OK");
  const notice = told.notices.at(-1);
  if (notice === undefined) throw new Error("the end was not told");
  return {
    title: "The end: the token was replaced",
    happened:
      "At 10:37 somebody put a new token; an hour and a half after the sweep of 10:07, which had noticed the refused one last, the alarm ended.",
    notice,
  };
}

const NEEDED = [
  "read_store_profile",
  "read_discount_coupons",
  "update_discount_coupons",
  "read_promotion",
  "update_promotion",
  "read_customers",
];

/** The end of an alarm whose cause is still there: no sweep notices what stands while Doorman is stopped. */
async function notMended(scene: Scene): Promise<Chapter> {
  const { world, told } = await tellOf(scene);
  await world.clock.advanceBy(10 * 60_000);
  const { version, ...system } = await world.state.readSystem();
  await world.state.writeSystem({ ...system, stopped: { since: world.clock.now(), reason: "stock count" } }, version);
  await world.clock.advanceBy(88 * 60_000);
  await told.alarm(scene.alarm, "OK");
  const notice = told.notices.at(-1);
  if (notice === undefined) throw new Error("the end was not told");
  const happened = `Nobody did anything about coupon ${COUPON}, and at 10:12 somebody stopped Doorman, so that no sweep noticed it any more; an hour and a half after the last one, of 10:07, the alarm ended.`;
  return { title: "The end that is none: the coupon is still missing", happened, notice };
}

const [TOKEN_REVOKED, COUPON_DELETED] = SCENES;

/** How each message of the documentation comes about, in its order. */
export const CHAPTERS: readonly (() => Promise<Chapter>)[] = [
  ...SCENES.map((scene) => () => tellOf(scene)),
  ...(TOKEN_REVOKED === undefined ? [] : [() => mended(TOKEN_REVOKED)]),
  ...(COUPON_DELETED === undefined ? [] : [() => notMended(COUPON_DELETED)]),
];

/** @returns every message of the documentation, made by the application as it runs. */
export async function chapters(): Promise<readonly Chapter[]> {
  const told: Chapter[] = [];
  for (const tell of CHAPTERS) told.push(await tell());
  return told;
}

const INTRODUCTION = `# What people are told when something breaks

Doorman's alarms go to one topic (stack output \`AlertTopicArn\`): subscribe an address to it, or a chat. When one goes off, \`follow-up\` looks for the
campaigns, coupons, promotions and stores behind it and sends **one** message. When the alarm is over it sends another.
The same event twice is one message; an alarm that comes and goes sends four at most until it has been quiet for 15 minutes: it is on, it is
over, it is back, it is over. What waits for a person (a token, a coupon, a plan, a record) is noticed anew every hour, so its alarm stays on without a break for as long as the
trouble does, for days if need be, and ends an hour and a half after the last time. Meanwhile it is looked at once an hour: what has come to be behind it since is told in a message of its own.

The first line says what happened and to whom, the second until when. Then comes what a marketer can do in Ecwid, what whoever looks after Doorman does, what Doorman does by itself, and who is affected; long lists are cut, and say so.
Times are the store's own. Commands are typed in the project's folder, in a bash in which the first block of [the runbook](runbook.md) was pasted once: it sets what \`--aws\` goes by, and defines \`ask\`, \`ecwid\`, \`throttles\` and \`changes\`.
Whom to forward a message to stands in its heading where the deployment says it (context \`contact\`, see the README); where it does not, the message says how to find out.

For machines each message carries attributes (\`String\`, and \`String.Array\` for lists of at most 25), beside the text and not in it. Subscriptions can filter by them:

| attribute | example |
| --- | --- |
| \`deployment\` | \`Doorman\` |
| \`alarm\` | \`token-dead\`: the alarm's name without the deployment, and the heading in the runbook |
| \`state\` | \`opened\`, \`again\` (people were told that it was over), \`more\` (something else has come to be behind it), \`closed\` |
| \`incident\` | \`Doorman-token-dead@2026-11-27T09:02:00Z\`: the same for all messages of an incident |
| \`openedAt\` | \`2026-11-27T09:02:00Z\` |
| \`storeCount\`, \`targetCount\` | how many are behind it or suffer from it |
| \`stores\`, \`targets\`, \`campaigns\` | \`["1003"]\`, \`["1003/coupon#162428889"]\`, \`["1003/black-friday"]\`; absent where there are none |

The messages below are what the code says when these things really happen to it: \`test/integration/incidents.test.ts\` makes each of them happen and compares.
\`DOORMAN_WRITE_DOCS=1 npx vitest run test/integration/incidents.test.ts\` writes this file anew.

The store is in Berlin; its campaign "Black Friday" opens coupon WELCOME10 to everyone and promotion Early access to the group VIP from 10:00 to 22:00 on 27 November 2026.
`;

/** @param index of the chapter, from 0. @returns its part of the documentation. */
export function sectionOf({ title, happened, notice }: Chapter, index: number): string {
  return `\n## ${index + 1}. ${title}\n\n${happened}\n\n**${notice.subject}**\n\n\`\`\`text\n${notice.text}\`\`\`\n`;
}

/** @returns the documentation of incidents, whole. */
export function documentOf(all: readonly Chapter[]): string {
  return `${INTRODUCTION}${all.map(sectionOf).join("")}`;
}
