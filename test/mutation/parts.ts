import path from "node:path";

/** A part of the code, and what its mutants are tried against: enough to find them out, and no more, for each is tried against all of it. */
export interface Part {
  /** A folder of lib, or what some files of it are about. */
  readonly name: string;
  /** As Stryker's `mutate` takes it. */
  readonly mutate: string;
  /** As `MUTATION_SUITES` takes it. */
  readonly suites: string;
}

const RULES = "unit/layers,unit/ledger,unit/timeline,unit/campaign,unit/unheard-of-cases";
const LAWS = "property/target-decisions,property/activity-walk,property/timeline";
const TEXTS =
  "unit/windows/check-window-rule,unit/windows/parse-repeat,unit/windows/quoted,unit/windows/closest-name,unit/windows/wall-clock,unit/windows/whole-texts";
const CLOCKS = "unit/windows/wall-clock,unit/windows/clock-changes,unit/windows/daylight-saving*,property/timeline-windows";
const DATES = "unit/windows/rule-occurrences,unit/windows/occurrences,unit/windows/repeat*,unit/unheard-of-cases";
const ANSWERS =
  "unit/windows/timetable*,unit/windows/occurrences,unit/windows/repeating-windows,unit/windows/fr*,unit/windows/da*,unit/windows/check-window-rule,unit/windows/named-vectors";

const TOLD = "unit/follow-up,integration/follow-up,integration/incident-chapters,integration/incident-commands";
const SWITCHES = [
  "blocked-targets,boundaries-while-opening,closed-stores,dead-tokens,failing-neighbours,failures,interrupted-writes,kill-switch",
  "lateness-and-status,looks,lost-conditions,manual-edits,missed-windows,missing-groups,narrowing-first,pre-flight,reasons,shadow-mode",
  "stale-lists,stopping-in-time,unusable-targets,windows-open-and-close,yields-and-interruptions",
]
  .flatMap((names) => names.split(","))
  .map((name) => `integration/${name}`)
  .join(",");

/** @param files of the part, by the beginnings of their names; all of its folder unless given. */
function part(name: string, suites: string, files: readonly string[] = [""]): Part {
  const folder = name.includes(":") ? name.slice(0, name.indexOf(":")) : name;
  return { name, suites, mutate: files.map((file) => `lib/${folder}/${file === "" ? "**/*" : file}.ts`).join(",") };
}

/** Smallest first: together they are all of domain and application. */
export const PARTS: readonly Part[] = [
  part("domain/failures", "unit/failures,unit/unheard-of-cases"),
  part("domain/campaign", "unit/campaign,property/freeze-edits"),
  part("domain", "unit/identifiers,unit/instant,unit/canonical-json,unit/unheard-of-cases,unit/windows/check-window-rule", ["*"]),
  part("domain/layers", `${RULES},${LAWS}`),
  part("domain/timeline", `${RULES},${LAWS}`),
  part("domain/ledger", `${RULES},${LAWS}`),
  part("domain/usability", "unit/usability,property/usability"),
  part("domain/windows:texts", `${TEXTS},unit/windows/repeating-windows`, [
    "check-*",
    "closest-*",
    "parse-*",
    "quoted",
    "repeat-[copv]*",
    "time-zone",
    "window-rule*",
  ]),
  part("domain/windows:clocks", CLOCKS, ["calendar-*", "clock-*", "da*", "wall-*", "zone-*"]),
  part("domain/windows:dates", DATES, ["listed-*", "occurrences", "periodic-*", "repeat-rounds", "round-*", "rule-*", "se*"]),
  part("domain/windows:answers", ANSWERS, ["active-*", "frozen-*", "last-*", "next-*", "timetable", "window-[ps]*", "windows-*"]),
  part("application/alarms", "unit/follow-up"),
  part("application/ports", "unit/ports,unit/reconcile/open-store"),
  part("application/dispatch", "unit/dispatch"),
  part("application/check", "unit/check,integration/pre-flight"),
  part("application/messages", "unit/messages,contract/queue-message"),
  part("application/status", "unit/status,unit/compile"),
  part("application/sweep", "unit/sweep,integration/long-sweeps,integration/sweep-and-tick-failures"),
  part(
    "application/compile",
    "unit/compile,integration/calendars,integration/checks-at-save,integration/concurrent-compiles,integration/overlap",
  ),
  part("application/commands", "unit/commands,unit/cli"),
  part("application/record", "unit/record"),
  part("application/follow-up", TOLD, ["*"]),
  part("application/follow-up/text", TOLD),
  part("application/reconcile", `unit/reconcile,unit/status,${SWITCHES}`),
];

/** @returns the names of the parts that a file is in: of each of domain and application there is to be one. */
export function partsOf(file: string): readonly string[] {
  return PARTS.filter(({ mutate }) => mutate.split(",").some((pattern) => path.matchesGlob(file, pattern))).map(({ name }) => name);
}
