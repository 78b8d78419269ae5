import { CommanderError } from "commander";
import { type Answer, createJob, type GlobalOptions, OneByOne, type Run } from "./frame/job.ts";
import { keptByNpm } from "./frame/kept-by-npm.ts";
import { badUse, type Refusal } from "./frame/refusal.ts";
import type { Surroundings } from "./frame/surroundings.ts";
import { refusalOf } from "./frame/troubles.ts";
import { createProgram } from "./program.ts";
import { styleFor } from "./text/style.ts";

const INDENT = 2;

/**
 * Runs one `doorman` command.
 *
 * @param words as typed behind `doorman`.
 * @returns the exit code: 0 done, 1 it could not be done, 2 asked for wrongly, 3 somebody else wrote first. All but 0 leave a line on
 * standard error.
 */
export async function runCli(words: readonly string[], surroundings: Surroundings): Promise<number> {
  const { terminal } = surroundings;
  const asksForJson = words.includes("--json");
  let exitCode = 0;
  const run: Run = async (command, work) => {
    const options = command.optsWithGlobals<GlobalOptions>();
    const job = createJob(surroundings, options, await surroundings.open(options));
    try {
      const answer = await work(job);
      exitCode = answer.isFailure === true ? 1 : 0;
      tell(surroundings, answer, asksForJson);
    } catch (error) {
      throw refusalOf(error, job.unreachable());
    } finally {
      job.close();
    }
  };
  const program = createProgram(run, terminal);
  try {
    const kept = keptByNpm(program, words, surroundings.variables);
    if (kept !== undefined) throw badUse(kept);
    await program.parseAsync(words, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const { message: said, exitCode: code } = error instanceof CommanderError ? badWords(error) : refusalOf(error, "nothing answers");
    const message = withoutTokens(said);
    if (asksForJson) terminal.print(`${JSON.stringify({ error: { message, exitCode: code } }, undefined, 2)}\n`);
    terminal.complain(`doorman: ${message}\n`);
    return code;
  }
}

function tell({ terminal, variables }: Surroundings, answer: Answer, asksForJson: boolean): void {
  const isFailure = answer.isFailure === true;
  if (asksForJson) {
    for (const piece of jsonPieces(answer.json)) terminal.print(piece);
    if (!isFailure) return;
  }
  const text = answer.text(styleFor(isFailure ? { ...terminal, isTerminal: false } : terminal, variables));
  const print = isFailure ? terminal.complain : terminal.print;
  for (const piece of closed(typeof text === "string" ? [text] : text.pieces())) print(piece);
}

/** The pieces of a text, and a line break behind the last where there is none. */
function* closed(pieces: Iterable<string>): Generator<string, void> {
  let end = "";
  for (const piece of pieces) {
    yield piece;
    end = piece === "" ? end : piece.slice(-1);
  }
  if (end !== "" && end !== "\n") yield "\n";
}

/** One JSON document, a list that is worked out entry by entry in a piece for each. */
function* jsonPieces(json: unknown): Generator<string, void> {
  if (!(json instanceof OneByOne)) return yield `${JSON.stringify(json, undefined, INDENT)}\n`;
  let before = "[\n";
  for (const entry of json.pieces()) {
    // Two pieces: to join them would copy what may be a hundred kilobytes.
    yield before;
    yield JSON.stringify([entry], undefined, INDENT).slice("[\n".length, -"\n]".length);
    before = ",\n";
  }
  yield before === "[\n" ? "[]\n" : "\n]\n";
}

/** The library's own sentence, on one line and without its "error:". Words too many are not repeated: one may be a token. */
function badWords(error: CommanderError): Refusal {
  if (error.code === "commander.help") return badUse("say what to do: doorman --help lists the commands, and each has --help");
  if (error.code === "commander.excessArguments") return badUse("there are words too many (try --help)");
  const sentence = error.message.replaceAll(/\s+/g, " ").replace(/^error: /, "");
  return badUse(`${sentence.replaceAll(/=[^ ']+/g, "=…").trim()} (try --help)`);
}

/** Ecwid's tokens begin so. Whoever types one where it does not belong does not see it again. */
function withoutTokens(text: string): string {
  return text.replaceAll(/\b(secret|public)_[\w.~+/-]+/g, "[token]");
}
