import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { formatInstant, HOUR, type Instant, plus } from "../../lib/domain/instant.ts";
import { COUPON, PROMOTION, STORE, sale, TOKEN } from "./world.ts";

/** One use of the `doorman` command, and what has to come of it. */
export interface Use {
  readonly words: readonly string[];
  readonly input?: string;
  readonly code: 0 | 1 | 2 | 3;
  /** Of standard output where it is well, of standard error where it is not; `\n` at the ends is left out. */
  readonly says: RegExp;
  /** Tried again until it is so: the answer is a worker's, or waits for one. */
  readonly comes?: true;
}

/** Who runs the commands: everything that differs between the places. */
export interface UsePlace {
  /** `--aws`, where tokens can be put. */
  readonly isAws: boolean;
  readonly folder: string;
  readonly now: Instant;
}

const TARGET = `coupon:${COUPON}`;
const NOBODY = "77";

/** Writes the files that the uses are about. */
export function writeUsedFiles({ folder, now }: UsePlace): void {
  const file = (name: string, content: unknown) =>
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  const at = (hours: number) => formatInstant(plus(now, hours * HOUR));
  const on = sale({ start: at(-1), end: at(3) });
  file("sale.json", on);
  file("sale-changed.json", { ...on, note: "another text" });
  file(
    "later.yaml",
    `storeId: 1003\ncampaignId: later\nname: Later\nstart: ${at(24)}\nend: ${at(26)}\npromotions:\n  - promotionId: ${PROMOTION}\n    addGroups: [5]\n`,
  );
  file("rows.csv", `campaignId,storeId,name,start,end,promotionId,addGroups\nsheet,${STORE},Sheet,${at(48)},${at(49)},${PROMOTION},3 4\n`);
  file("bad-rows.csv", `campaignId,storeId,name,start,couponId,applicationLimit\nsheet,${STORE},Sheet,tomorrow,${COUPON},UNLIMITED\n`);
  file("broken.json", { ...on, end: "never" });
  file("no.json", "{");
}

function good(words: readonly string[], says: RegExp, more: Partial<Use> = {}): Use {
  return { words, code: 0, says, ...more };
}

function bad(words: readonly string[], code: 1 | 2 | 3, says: RegExp, more: Partial<Use> = {}): Use {
  return { words, code, says, ...more };
}

function storeUses({ isAws }: UsePlace): readonly Use[] {
  const adding = isAws
    ? [
        good(["store", "add", STORE, "--no-check"], /^store 1003: token added$/, { input: `${TOKEN}\n` }),
        good(["store", "add", STORE], /^store 1003: token replaced\nstore 1003\n {2}good {2}token/, { input: TOKEN }),
        bad(["store", "add", STORE], 1, /the token was not put: its token is empty or has characters/, { input: "two words" }),
        bad(["store", "add", STORE], 2, /no token came in/),
      ]
    : [bad(["store", "add", STORE], 2, /on one machine the token is given to Doorman itself/, { input: TOKEN })];
  return [
    good(["store", "list"], /^no store$/),
    good(["campaign", "list"], /^no campaign$/),
    good(["plan"], /^no campaign names any coupon or promotion$/),
    ...adding,
    good(["store", "check", STORE], /good {2}token +Ecwid accepted it at .*\n {2}good {2}zone +UTC/, { comes: true }),
    good(["store", "list"], /1003 +UTC +0 +good/),
    bad(["store", "check", NOBODY, "--wait", "1s"], 1, /no answer about store 77 within 1 seconds|store 77/),
    bad(["store", "check", "abc"], 2, /the store is "abc": write the store's number/),
    bad(["store", "check", STORE, "--wait", "ever"], 2, /--wait is "ever": write a duration/),
  ];
}

function putUses(): readonly Use[] {
  return [
    good(["campaign", "validate", "sale.json", "later.yaml", "rows.csv"], /^3 records are good$/),
    bad(["campaign", "validate", "broken.json"], 1, /broken\.json: end: "never" cannot be used/),
    bad(["campaign", "validate", "no.json"], 1, /no\.json line 1: it is not JSON/),
    good(
      ["campaign", "put", "sale.json", "--dry-run"],
      /would be put: campaign sale of store 1003: new[\s\S]*NEW_CUSTOMER_ONLY|as found → UNLIMITED[\s\S]*Nothing was written/,
    ),
    bad(["campaign", "get", "sale"], 1, /there is no campaign sale/),
    good(["campaign", "put", "sale.json", "later.yaml"], /campaign sale of store 1003: new\ncampaign later of store 1003: new/),
    good(["campaign", "put", "sale.json"], /campaign sale of store 1003: unchanged/),
    bad(["campaign", "put", "broken.json"], 1, /^nothing was put:\nbroken\.json: end: "never"/),
    bad(["campaign", "put", "missing.json"], 1, /there is no file missing\.json/),
    bad(["campaign", "put", "rows.csv"], 2, /use campaign import/),
    bad(["campaign", "put"], 2, /missing required argument/),
    bad(["campaign", "put", "sale-changed.json", "--lock", "another"], 3, /no longer what --lock names/),
    good(["campaign", "put", "sale-changed.json"], /campaign sale of store 1003: changed/),
    good(["campaign", "import", "rows.csv"], /campaign sheet of store 1003: new/),
    bad(["campaign", "import", "bad-rows.csv"], 1, /bad-rows\.csv line 2: start: "tomorrow" cannot be used/),
    good(["campaign", "get", "sale"], /"campaignId": "sale"[\s\S]*"note": "another text"/),
    good(["campaign", "get", "sale", "--yaml", "--store", STORE], /campaignId: sale/),
    good(["campaign", "get", "later", "--json"], /"lock": "[0-9a-f]{16}"/),
    bad(["campaign", "get", "sale", "--store", NOBODY], 1, /there is no campaign sale in store 77/),
    good(["campaign", "list"], /1003 +later +SCHEDULED[\s\S]*1003 +sale +ACTIVE[\s\S]*1003 +sheet +SCHEDULED/, { comes: true }),
    good(["campaign", "list", "--state", "active", "--store", STORE], /^STORE.*\n1003 +sale +ACTIVE/),
    bad(["campaign", "list", "--store", "abc"], 2, /--store is "abc"/),
  ];
}

function askUses(): readonly Use[] {
  return [
    good(["plan", "--for", "2d"], /coupon[^\n]*162428889[\s\S]*UNLIMITED[\s\S]*promotion[^\n]*608502/),
    good(["plan", "--target", TARGET, "--json"], /^\[\n {2}\{\n {4}"storeId": "1003"/),
    bad(["plan", "--for", "long"], 2, /--for is "long": write a duration/),
    bad(["plan", "--target", "coupon:5"], 1, /no campaign names "coupon:5"/),
    good(["at", "now"], /Store 1003 at [\s\S]*UNLIMITED/),
    bad(["at", "noon"], 2, /the instant is "noon"/),
    good(["why", TARGET], /wins: +"Sale" \(sale\) asks for UNLIMITED/),
    good(["why", TARGET, "--store", STORE], /UNLIMITED/),
    bad(["why", "coupon:5"], 1, /no campaign names "coupon:5"/),
    good(["now", TARGET], /holds: UNLIMITED, as Doorman wrote it; returns to NEW_CUSTOMER_ONLY/, { comes: true }),
    bad(["now", "coupon:5"], 1, /no campaign names "coupon:5"/),
    good(["history"], /NEW_CUSTOMER_ONLY( →( UNLIMITED)?)? +"Sale" is on until\s/, { comes: true }),
    good(["history", TARGET, "--campaign", "sale", "--limit", "1", "--json"], /"before": "NEW_CUSTOMER_ONLY",\s+"after": "UNLIMITED"/),
    bad(["history", "--limit", "many"], 2, /--limit is "many"/),
    bad(["halt"], 2, /required option '--reason <text>' not specified/),
    good(["halt", "--reason", "wrong prices", "--by", "ana"], /^Doorman is stopped since .* UTC, by ana: wrong prices\n/),
    bad(["store", "check", STORE], 1, /Doorman is stopped since .*wrong prices/),
    good(["resume"], /^Doorman goes on; it was stopped since/),
  ];
}

function steerUses({ now }: UsePlace): readonly Use[] {
  const until = formatInstant(plus(now, 12 * HOUR));
  return [
    good(["campaign", "extend", "sale", "1h", "--by", "ana"], /campaign sale is on until/),
    bad(["campaign", "extend", "sale", "a bit"], 2, /neither a duration/),
    good(["campaign", "end", "sale"], /campaign sale is closed for the rest of its window/),
    good(["now", TARGET], /as it was left in Ecwid/, { comes: true }),
    good(["history", TARGET], /UNLIMITED →( NEW_CUSTOMER_ONLY)? +"Sale" is held off\s[\s\S]*\(ended early\)/, {
      comes: true,
    }),
    bad(["campaign", "end", "sale"], 1, /was left as it is: it is held off until/),
    good(["campaign", "resume", "sale"], /goes by its windows again/),
    good(["campaign", "pause", "sale"], /is paused until somebody resumes it/),
    bad(["campaign", "override", "sale", "on", "--until", until, "--reason", "x"], 1, /it is paused: resume it first/),
    good(["campaign", "resume", "sale"], /goes by its windows again/),
    good(["campaign", "pause", "sale", "--until", until, "--reason", "stock ran out"], /is held off until/),
    bad(["campaign", "pause", "sale", "--reason", "x"], 2, /a pause without --until keeps neither/),
    good(["campaign", "override", "sale", "on", "--until", until, "--reason", "stock is back"], /is forced on until/),
    bad(["campaign", "override", "sale", "maybe", "--until", until, "--reason", "x"], 2, /Allowed choices are on, off/),
    bad(["campaign", "override", "sale", "on", "--reason", "x"], 2, /--until <time>' not specified/),
    good(["campaign", "skip", "later"], /campaign later skips its window/),
    bad(["campaign", "skip", "sale"], 1, /it is on now: use end/),
    bad(["campaign", "skip", "nothing"], 1, /there is no campaign nothing/),
    good(["export", "all.json"], /^all\.json: 3 campaigns, \d coupons and promotions, \d+ entr/),
    good(["import", "all.json"], /^3 campaigns, 0 coupons and promotions/),
    bad(["campaign", "delete", "sale", "--lock", "another"], 3, /no longer what --lock names/),
    good(["campaign", "delete", "sale", "--dry-run"], /would be removed: campaign sale/),
    good(["campaign", "delete", "sale"], /campaign sale of store 1003: removed/),
    bad(["campaign", "delete", "sale"], 1, /there is no campaign sale/),
    good(["campaign", "put", "sale.json"], /campaign sale of store 1003: new/),
    bad(["import", "all.json"], 3, /nothing was imported: sale differ/),
    good(["import", "all.json", "--replace"], /^3 campaigns/),
    bad(["import", "sale.json"], 1, /not what doorman export writes/),
    good(["export"], /"format": "doorman-export\/1"/),
    bad(["frobnicate"], 2, /unknown command 'frobnicate'/),
    bad([], 2, /say what to do/),
  ];
}

/** @returns every command and subcommand, each with good uses and its main bad ones, in an order in which each finds what it needs. */
export function usesOf(place: UsePlace): readonly Use[] {
  return [...storeUses(place), ...putUses(), ...askUses(), ...steerUses(place)];
}

/** @returns whether what a use left behind is as it should be; else what is wrong, for people. */
export function wrongWith(
  { code, says }: Use,
  ended: { readonly code: number | null; readonly out: string; readonly err: string },
): string | undefined {
  const { out, err } = ended;
  const said = (code === 0 ? out : err).trim();
  const isSilentElsewhere = (code === 0 ? err : out) === "";
  const isTokenless = !`${out}${err}`.includes(TOKEN);
  const isPlain = !/\n {4}at |Error:/.test(err);
  if (ended.code === code && says.test(said) && isSilentElsewhere && isTokenless && isPlain) return undefined;
  return `expected ${code} and ${String(says)}, got ${String(ended.code)}\nstdout: ${out}\nstderr: ${err}`;
}
