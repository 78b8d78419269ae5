import { createInterface } from "node:readline/promises";
import { type Readable, Writable } from "node:stream";
import { badUse } from "./frame/refusal.ts";
import type { Terminal } from "./frame/surroundings.ts";

/** The streams of a process. */
export interface Streams {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable;
}

const COLUMNS_UNKNOWN = 80;

/** @returns the terminal that a process has: lines as wide as its window. What goes into a file or a pipe is not wrapped, so that `grep` finds whole rows. */
export function createSystemTerminal({ stdin, stdout, stderr }: Streams): Terminal {
  const isTerminal = stdout.isTTY === true;
  const input = async () => {
    if (stdin.isTTY === true) throw badUse("nothing comes in through standard input: pipe a file into it");
    return textOf(stdin);
  };
  return {
    print: (text) => stdout.write(text),
    complain: (text) => stderr.write(text),
    isTerminal,
    columns: isTerminal ? (stdout.columns ?? COLUMNS_UNKNOWN) : Number.POSITIVE_INFINITY,
    input,
    secret: (prompt) => (stdin.isTTY === true ? typedUnseen(prompt, stdin, stderr) : textOf(stdin)),
  };
}

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

/** The line editor echoes into a stream that nobody sees. */
async function typedUnseen(prompt: string, stdin: Readable, stderr: Writable): Promise<string> {
  const unseen = new Writable({ write: (_chunk, _encoding, done) => done() });
  const editor = createInterface({ input: stdin, output: unseen, terminal: true });
  stderr.write(prompt);
  const interrupted = new AbortController();
  editor.on("SIGINT", () => interrupted.abort());
  try {
    return await editor.question("", { signal: interrupted.signal });
  } catch (error) {
    throw badUse("nothing was typed, and nothing was done", { cause: error });
  } finally {
    editor.close();
    stderr.write("\n");
  }
}
