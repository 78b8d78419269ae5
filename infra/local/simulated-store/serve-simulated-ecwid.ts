import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Json } from "../../../lib/domain/live.ts";
import { ADMIN_PATH, answerAdmin } from "./admin.ts";
import { refusal, type SimulatedReply, wrongParameter } from "./reply.ts";
import { keepInFile } from "./saved-state.ts";
import type { SimulatedEcwid } from "./simulated-ecwid.ts";

/**
 * @property port 0 for any free one.
 * @property host 127.0.0.1 unless told: the admin surface asks for no password.
 * @property persistTo a file that outlives the process: taken over at the start where it exists, written after every change.
 */
export interface ServeOptions {
  readonly port: number;
  readonly host?: string;
  readonly persistTo?: string;
}

export interface ServedEcwid {
  /** `http://127.0.0.1:4010`; the API is below `/api/v3`. */
  readonly url: string;
  /** Whether `persistTo` held stores, which then stand in place of those that were added before. */
  readonly restored: boolean;
  /** How many connections were opened so far. */
  connections(): number;
  close(): Promise<void>;
}

const LONGEST_BODY = 1024 * 1024;
/** As long as servers on the internet commonly keep an idle connection; Node's own 5 s would be gone in one stall of the machine. */
const KEEP_ALIVE_MS = 65_000;

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    length += bytes.length;
    if (length > LONGEST_BODY) return undefined;
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString("utf8");
}

/** By the address that was dialled, not by the header that the caller may have written. */
function originOf({ socket }: IncomingMessage): string {
  const { localAddress = "127.0.0.1", localPort = 80 } = socket;
  return `http://${localAddress.includes(":") ? `[${localAddress}]` : localAddress}:${localPort}`;
}

function adminReply(ecwid: SimulatedEcwid, request: IncomingMessage, text: string): SimulatedReply {
  // POST is the one editing method that a page in a browser can send to another site unasked; with this type it cannot.
  const typed = request.headers["content-type"]?.startsWith("application/json") ?? false;
  if (request.method === "POST" && !typed) return wrongParameter("send -H 'content-type: application/json'");
  const { pathname } = new URL(request.url ?? "/", "http://simulated");
  const segments = pathname
    .slice(ADMIN_PATH.length)
    .split("/")
    .filter((segment) => segment !== "");
  try {
    const body: Json | undefined = text === "" ? undefined : JSON.parse(text);
    return answerAdmin(ecwid, { method: request.method ?? "GET", segments, body, origin: originOf(request) });
  } catch (error) {
    if (error instanceof SyntaxError) return wrongParameter(`the body is not JSON: ${error.message}`);
    throw error;
  }
}

async function answer(ecwid: SimulatedEcwid, request: IncomingMessage): Promise<SimulatedReply | undefined> {
  const body = await readBody(request);
  if (body === undefined) return refusal(413, "WRONG_PARAMETER", "The body is too long");
  const url = request.url ?? "/";
  if (url === ADMIN_PATH || url.startsWith(`${ADMIN_PATH}/`)) return adminReply(ecwid, request, body);
  return ecwid.handle({
    method: request.method ?? "GET",
    url,
    authorization: request.headers.authorization,
    contentType: request.headers["content-type"],
    body: body === "" ? undefined : body,
    address: request.socket.remoteAddress ?? "unknown",
  });
}

function send(answered: SimulatedReply | undefined, response: ServerResponse): void {
  if (answered === undefined) {
    response.socket?.destroy();
    return;
  }
  const length = String(Buffer.byteLength(answered.body));
  response.writeHead(answered.status, { ...answered.headers, "content-length": length }).end(answered.body);
}

function listen(server: Server, port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      const address = server.address();
      const boundPort = typeof address === "object" && address !== null ? address.port : port;
      resolve(`http://${host}:${boundPort}`);
    });
  });
}

/** Puts the simulated Ecwid on a port, with its admin surface beside the API. */
export async function serveSimulatedEcwid(ecwid: SimulatedEcwid, options: ServeOptions): Promise<ServedEcwid> {
  const { port, host = "127.0.0.1", persistTo } = options;
  const restored = persistTo === undefined ? false : keepInFile(ecwid, persistTo);
  let opened = 0;
  const server = createServer((request, response) => {
    answer(ecwid, request).then(
      (answered) => send(answered, response),
      (error: unknown) => response.destroy(error instanceof Error ? error : undefined),
    );
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on("connection", () => {
    opened += 1;
  });
  const url = await listen(server, port, host);

  return {
    url,
    restored,
    connections: () => opened,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}
