import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import nodeFetch from "node-fetch";
import type { Fetch } from "./fetch.ts";

/** The longest reply read, in bytes: 100 promotions with full product lists stay far below it. */
const REPLY_LIMIT_BYTES = 10 * 1024 * 1024;
/** One store is read and written in turn, but one process may serve many stores. */
const CONNECTIONS = 16;

/** @property replyLimitBytes longer replies end in an error of type `max-size`; 10 MiB unless told. */
export interface KeepAliveFetchOptions {
  readonly replyLimitBytes?: number;
}

/**
 * node-fetch over connections that stay open between calls: a switch is three calls in a row, and a TLS handshake before each would
 * cost more than the calls. Idle connections do not keep the process alive.
 * @returns a {@link Fetch} that refuses redirects and over-long replies; the deadline is the caller's `signal`.
 */
export function createKeepAliveFetch(options: KeepAliveFetchOptions = {}): Fetch {
  const plain = new HttpAgent({ keepAlive: true, maxSockets: CONNECTIONS });
  const encrypted = new HttpsAgent({ keepAlive: true, maxSockets: CONNECTIONS });
  const size = options.replyLimitBytes ?? REPLY_LIMIT_BYTES;
  return (url, init) =>
    nodeFetch(url, { ...init, redirect: "error", size, agent: ({ protocol }) => (protocol === "http:" ? plain : encrypted) });
}
