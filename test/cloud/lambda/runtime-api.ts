import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";

/** How an invocation ended, in JSON. */
export type Ended = { readonly kind: "answered"; readonly payload: string } | { readonly kind: "failed"; readonly payload: string };

/** What the runtime in an execution environment asks for next. */
export interface Invocation {
  readonly requestId: string;
  readonly functionArn: string;
  /** Milliseconds since 1970. */
  readonly deadlineMs: number;
  readonly event: string;
}

/** The Runtime API of one execution environment (docs: "Using the Lambda runtime API"). */
export interface RuntimeApi {
  /** `127.0.0.1:4011`, for `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Hands an invocation to the runtime as soon as it asks for one. One at a time. */
  invoke(invocation: Invocation): Promise<Ended>;
  close(): void;
}

/** @property onIdle whenever the runtime asks for an invocation and there is none: Lambda freezes it then. */
export interface RuntimeApiOptions {
  readonly onIdle: () => void;
  readonly onInitError: (payload: string) => void;
}

const PREFIX = "/2018-06-01/runtime";

/** @returns the API on a free port of this machine. */
export async function serveRuntimeApi({ onIdle, onInitError }: RuntimeApiOptions): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  let current: { readonly invocation: Invocation; readonly end: (ended: Ended) => void; isHandedOver: boolean } | undefined;

  function handOver(): void {
    if (waiting === undefined || current === undefined || current.isHandedOver) return;
    current.isHandedOver = true;
    const { requestId, functionArn, deadlineMs, event } = current.invocation;
    const headers = {
      "content-type": "application/json",
      "Lambda-Runtime-Aws-Request-Id": requestId,
      "Lambda-Runtime-Deadline-Ms": String(deadlineMs),
      "Lambda-Runtime-Invoked-Function-Arn": functionArn,
    };
    waiting.writeHead(200, headers).end(event);
    waiting = undefined;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? "").slice(PREFIX.length);
    if (request.method === "GET" && path === "/invocation/next") {
      waiting = response;
      handOver();
      if (current === undefined) onIdle();
      return;
    }
    const payload = await text(request);
    const [, requestId, outcome] = /^\/invocation\/([^/]+)\/(response|error)$/.exec(path) ?? [];
    if (path === "/init/error") onInitError(payload);
    else if (current === undefined || requestId !== current.invocation.requestId) {
      response.writeHead(400).end(JSON.stringify({ errorType: "InvalidRequestID", errorMessage: `there is no invocation at ${path}` }));
      return;
    } else {
      const { end } = current;
      current = undefined;
      end({ kind: outcome === "response" ? "answered" : "failed", payload });
    }
    response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the Runtime API has no port");

  return {
    address: `127.0.0.1:${address.port}`,
    invoke: (invocation) =>
      new Promise((resolve) => {
        current = { invocation, end: resolve, isHandedOver: false };
        handOver();
      }),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
