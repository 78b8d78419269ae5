import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";

const STARTS_WITHIN_MS = 120_000;
const LOOK_AGAIN_MS = 200;
const NONE =
  "there is nothing to test against: set AWS_ENDPOINT_URL to an endpoint that serves CloudFormation and what the stack is made of, or install moto (pip install 'moto[server]') so that moto_server can be started";

/**
 * Vitest's global set-up: the endpoint named by `AWS_ENDPOINT_URL`, or a moto_server of its own that ends with the tests. AWS itself is refused:
 * its functions could not reach the simulated store on this machine, and its tables would stay.
 */
export async function setup(): Promise<(() => void) | undefined> {
  // Any will do for an endpoint that is not AWS.
  Object.assign(process.env, { AWS_REGION: "eu-west-1", AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local", ...process.env });
  const given = process.env["AWS_ENDPOINT_URL"];
  if (given !== undefined && given !== "") {
    if (/\.amazonaws\.com(\.cn)?$/.test(new URL(given).hostname))
      throw new Error(`AWS_ENDPOINT_URL is AWS itself, ${given}: name an emulator`);
    if (!(await answers(given))) throw new Error(`nothing answers at AWS_ENDPOINT_URL, ${given}; ${NONE}`);
    return undefined;
  }
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", String(port)], { stdio: "ignore" });
  let problem: string | undefined;
  server.on("error", ({ message }) => {
    problem = message;
  });
  server.on("exit", (code) => {
    problem ??= `moto_server ended with ${String(code)}`;
  });
  for (let waited = 0; !(await answers(endpoint)); waited += LOOK_AGAIN_MS) {
    if (problem !== undefined || waited > STARTS_WITHIN_MS) {
      server.kill();
      throw new Error(`${NONE} (${problem ?? "moto_server does not answer"})`);
    }
    await delay(LOOK_AGAIN_MS);
  }
  process.env["AWS_ENDPOINT_URL"] = endpoint;
  return () => {
    server.kill();
  };
}

async function answers(endpoint: string): Promise<boolean> {
  try {
    await fetch(endpoint);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
