import type { Command, Option } from "commander";
import type { Variables } from "./surroundings.ts";

/** The scripts of package.json that run the command line. */
const SCRIPTS: readonly string[] = ["doorman", "campaign"];

/**
 * Without `--` in front, npm takes options for its own and hands on the rest: `npm run campaign put my.json --dry-run` would really put. It
 * leaves them in variables, `npm_config_dry_run=true`; of a value that stood behind a blank only `true`, the value being among the words.
 *
 * @param words as they came through npm. @param variables the environment.
 * @returns one sentence if npm kept an option that the command knows and that the words do not hold themselves.
 */
export function keptByNpm(program: Command, words: readonly string[], variables: Variables): string | undefined {
  const script = variables["npm_lifecycle_event"];
  if (script === undefined || !SCRIPTS.includes(script)) return undefined;
  const options = optionsFor(program, words).filter((option) => isKept(option, words, variables));
  const names = options.flatMap(({ long }) => (long == null ? [] : [long]));
  if (names.length === 0) return undefined;
  const rest = script === "campaign" && words[0] === "campaign" ? words.slice(1) : words;
  const typed = options.flatMap((option) => asTyped(option, variables));
  const isWhole = options.every((option) => !isWithoutValue(option, variables));
  const again = isWhole
    ? [...rest, ...typed].map((word) => (/\s/.test(word) ? `"${word}"` : word)).join(" ")
    : `…, with every option behind the "--"`;
  return `npm kept ${names.join(", ")} for itself, and nothing was done: write npm run ${script} -- ${again}`;
}

/** Those of the command that the words name, and of all above it. */
function optionsFor(program: Command, words: readonly string[]): readonly Option[] {
  const options = [...program.options];
  let command = program;
  for (const word of words) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) continue;
    options.push(...next.options);
    command = next;
  }
  return options;
}

function kept({ long }: Option, variables: Variables): string | undefined {
  return variables[`npm_config_${(long ?? "").replace(/^--(?:no-)?/, "").replaceAll("-", "_")}`];
}

/** npm writes nothing for "no". */
function isKept(option: Option, words: readonly string[], variables: Variables): boolean {
  const value = kept(option, variables);
  if (value === undefined || words.some((word) => word === option.long || word.startsWith(`${option.long}=`))) return false;
  return option.negate ? value === "" || value === "false" : value !== "" && value !== "false";
}

function isWithoutValue(option: Option, variables: Variables): boolean {
  return option.required && kept(option, variables) === "true";
}

function asTyped(option: Option, variables: Variables): readonly string[] {
  const { long, required } = option;
  if (long == null) return [];
  return required ? [long, kept(option, variables) ?? ""] : [long];
}
