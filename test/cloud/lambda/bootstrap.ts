// What stands for Lambda's own Node runtime (`aws-lambda-ric`, which takes twenty minutes to compile): imports the handler that `_HANDLER` names
// from LAMBDA_TASK_ROOT and works one invocation after another. It knows no more than what Lambda puts into the environment.

import { once } from "node:events";
import { type IncomingHttpHeaders, type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT = "", _HANDLER = "" } = process.env;
const RUNTIME = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;

type Handler = (event: unknown, context: object) => Promise<unknown>;

/** Without a time limit: the next invocation may come in an hour, and `fetch` would give up after five minutes. */
async function call(method: "GET" | "POST", path: string, body = "", headers: Readonly<Record<string, string>> = {}) {
  const sent = request(`${RUNTIME}${path}`, { method, headers, agent: false });
  sent.end(body);
  const [response]: IncomingMessage[] = await once(sent, "response");
  if (response === undefined) throw new Error(`the Runtime API does not answer ${path}`);
  return { headers: response.headers, body: await text(response) };
}

function failureOf(error: unknown): { readonly errorType: string; readonly errorMessage: string; readonly trace: readonly string[] } {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] };
  return { errorType: error.name, errorMessage: error.message, trace: (error.stack ?? "").split("\n") };
}

async function postFailure(path: string, error: unknown): Promise<void> {
  const failure = failureOf(error);
  await call("POST", path, JSON.stringify(failure), { "Lambda-Runtime-Function-Error-Type": failure.errorType });
}

async function loadHandler(): Promise<Handler> {
  const [module, name = ""] = _HANDLER.split(".");
  const exported: Readonly<Record<string, unknown>> = await import(join(LAMBDA_TASK_ROOT, `${module}.mjs`));
  const handler = exported[name];
  if (typeof handler !== "function") throw new TypeError(`${_HANDLER} is undefined or not exported`);
  return (event, context) => handler(event, context);
}

function contextOf(headers: IncomingHttpHeaders) {
  const deadlineMs = Number(headers["lambda-runtime-deadline-ms"]);
  return {
    awsRequestId: String(headers["lambda-runtime-aws-request-id"]),
    invokedFunctionArn: headers["lambda-runtime-invoked-function-arn"],
    callbackWaitsForEmptyEventLoop: true,
    functionName: process.env["AWS_LAMBDA_FUNCTION_NAME"],
    functionVersion: process.env["AWS_LAMBDA_FUNCTION_VERSION"],
    memoryLimitInMB: process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
    logGroupName: process.env["AWS_LAMBDA_LOG_GROUP_NAME"],
    logStreamName: process.env["AWS_LAMBDA_LOG_STREAM_NAME"],
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}

async function workNext(handler: Handler): Promise<void> {
  const next = await call("GET", "/invocation/next");
  const context = contextOf(next.headers);
  const path = `/invocation/${context.awsRequestId}`;
  try {
    const answer = await handler(JSON.parse(next.body), context);
    await call("POST", `${path}/response`, JSON.stringify(answer ?? null));
  } catch (error) {
    await postFailure(`${path}/error`, error);
  }
}

const handler = await loadHandler().catch(async (error: unknown) => {
  await postFailure("/init/error", error);
  process.exit(1);
});
for (;;) await workNext(handler);
