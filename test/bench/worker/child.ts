import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A process that answers each message with one. */
export interface Child {
  ask<Answer>(question: unknown): Promise<Answer>;
  end(): Promise<void>;
}

async function answerOf<Answer>(child: ChildProcess, file: string): Promise<Answer> {
  const ended = new AbortController();
  const exit = once(child, "exit", { signal: ended.signal }).then(([code]) => {
    throw new Error(`${file} ended with ${code}`);
  });
  try {
    const [answer] = await Promise.race([once(child, "message", { signal: ended.signal }), exit]);
    return answer as Answer;
  } finally {
    exit.catch(() => undefined);
    ended.abort();
  }
}

/** @param file a module. @param variables its environment, beside the path. What it prints goes nowhere. */
export function startChild(file: string, variables: Readonly<Record<string, string>> = {}): Child {
  const child = fork(file, {
    execArgv: ["--expose-gc"],
    env: { PATH: process.env["PATH"], ...variables },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  return {
    ask: async <Answer>(question: unknown) => {
      const answer = answerOf<Answer>(child, file);
      child.send(question as string);
      return answer;
    },
    end: async () => {
      if (child.exitCode !== null) return;
      const gone = once(child, "exit");
      child.disconnect();
      const timer = setTimeout(() => child.kill(), 10_000);
      await gone;
      clearTimeout(timer);
    },
  };
}
