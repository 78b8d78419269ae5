import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Ended, type Invocation, serveRuntimeApi } from "./runtime-api.ts";

const BOOTSTRAP = join(import.meta.dirname, "bootstrap.ts");

/** @property variables the whole environment of the process, except for the address of its Runtime API. */
export interface EnvironmentOptions {
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
}

/** One process that works a function's invocations, one at a time, frozen in between as Lambda freezes it. */
export interface ExecutionEnvironment {
  isAlive(): boolean;
  /** Ends at the deadline at the latest, and then takes the process with it. */
  run(invocation: Invocation): Promise<Ended>;
  /** At once, whatever it is doing. */
  kill(): void;
}

function failed(errorType: string, errorMessage: string): Ended {
  return { kind: "failed", payload: JSON.stringify({ errorType, errorMessage }) };
}

/** A process that is stopped would outlive a test run that was killed: a shell waits for the end of this process and then kills it. */
function killWithParent(pid: number | undefined): ChildProcess {
  return spawn("sh", ["-c", 'read -r nothing; kill -KILL "$0"', String(pid)], { stdio: ["pipe", "ignore", "ignore"] });
}

/** Starts the process. It begins to load the function at once. */
export async function startExecutionEnvironment({ folder, variables, onLine }: EnvironmentOptions): Promise<ExecutionEnvironment> {
  let isRunning = false;
  let initError: string | undefined;
  const api = await serveRuntimeApi({
    onIdle: () => {
      if (!isRunning) child.kill("SIGSTOP");
    },
    onInitError: (payload) => {
      initError = payload;
    },
  });
  const env = { ...variables, AWS_LAMBDA_RUNTIME_API: api.address, LAMBDA_TASK_ROOT: folder };
  const child = spawn(process.execPath, [BOOTSTRAP], { env, cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on("line", onLine);
  const watch = killWithParent(child.pid);
  let isAlive = true;
  const exited = new Promise<Ended>((resolve) => {
    child.once("exit", (code, signal) => {
      isAlive = false;
      watch.kill("SIGKILL");
      api.close();
      const how = signal === null ? `exit status ${code}` : `signal: ${signal}`;
      resolve(
        initError === undefined ? failed("Runtime.ExitError", `Runtime exited with error: ${how}`) : { kind: "failed", payload: initError },
      );
    });
  });
  // A process that is stopped dies of SIGKILL alone.
  const kill = () => {
    child.kill("SIGKILL");
  };

  return {
    isAlive: () => isAlive,
    kill,
    run: async (invocation) => {
      isRunning = true;
      child.kill("SIGCONT");
      const limitMs = invocation.deadlineMs - Date.now();
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<Ended>((resolve) => {
        timer = setTimeout(() => {
          kill();
          resolve(failed("Sandbox.Timedout", `Task timed out after ${Math.round(limitMs / 1000)} seconds`));
        }, limitMs);
      });
      try {
        return await Promise.race([api.invoke(invocation), exited, late]);
      } finally {
        clearTimeout(timer);
        isRunning = false;
      }
    },
  };
}
