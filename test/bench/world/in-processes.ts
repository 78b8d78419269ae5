import { fork } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";

/** A run of virtual time fills a process's memory, so that each has one of its own. */
const MEMORY_MB = 6_000;
/** How many are run at a time. */
const LANES = Number(process.env["BENCH_LANES"] ?? availableParallelism());

async function runOne<Options extends object, Answer>(script: string, options: Options): Promise<Answer> {
  const child = fork(script, { execArgv: [`--max-old-space-size=${MEMORY_MB}`] });
  child.send(options);
  const ended = once(child, "exit").then(([code]) => {
    throw new Error(`${script} ended with ${code}`);
  });
  ended.catch(() => undefined);
  const answered = once(child, "message").then(([answer]) => answer as Answer);
  const answer = await Promise.race([answered, ended]);
  child.disconnect();
  return answer;
}

/**
 * Runs a script for each of many options, as many at a time as there are processors. It is sent its options, and answers with one message.
 *
 * @param tell is told when one is done.
 * @returns the answers in the order of the options.
 */
export async function inProcesses<Options extends object, Answer>(
  script: string,
  all: readonly Options[],
  tell: (done: number) => void,
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  let [next, done] = [0, 0];
  const lane = async () => {
    for (let n = next++; n < all.length; n = next++) {
      const options = all[n];
      if (options === undefined) continue;
      answers[n] = await runOne<Options, Answer>(script, options);
      done += 1;
      tell(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(LANES, all.length) }, lane));
  return answers;
}
