import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

/** A call as it reached the stand-in. */
export interface ServiceCall {
  /** The operation, without its service: `SendMessage`. */
  readonly operation: string;
  readonly input: Record<string, unknown>;
}

export interface ServiceReply {
  readonly status: number;
  /** Sent as JSON; a string goes out as it is, so that a reply can be broken. */
  readonly body: object | string;
}

export interface StandInService {
  /** What to hand to an SDK client. */
  readonly configuration: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string } };
  readonly calls: ServiceCall[];
  stop(): Promise<void>;
}

/** @returns a local stand-in for an AWS service that speaks the JSON protocol, answering each call as `answer` says. */
export async function startStandInService(answer: (call: ServiceCall) => ServiceReply): Promise<StandInService> {
  const calls: ServiceCall[] = [];
  const server = createServer(async (request, response) => {
    const operation = String(request.headers["x-amz-target"]).split(".").at(-1) ?? "";
    const call = { operation, input: JSON.parse(await text(request)) };
    calls.push(call);
    const { status, body } = answer(call);
    response
      .writeHead(status, { "content-type": "application/x-amz-json-1.1" })
      .end(typeof body === "string" ? body : JSON.stringify(body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stand-in has no port");

  return {
    configuration: {
      endpoint: `http://127.0.0.1:${address.port}`,
      region: "eu-west-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
    },
    calls,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
