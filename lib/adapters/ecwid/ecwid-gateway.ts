import type { Clock } from "../../application/ports/clock.ts";
import type { EcwidGateway, EcwidStore } from "../../application/ports/ecwid-gateway.ts";
import { failure } from "../../domain/result.ts";
import { createTextCleaner } from "./clean-text.ts";
import { createCouponCalls } from "./coupons.ts";
import { createCustomerGroupCalls } from "./customer-groups.ts";
import { startDeadline } from "./deadline.ts";
import { unusableToken } from "./failures.ts";
import type { Fetch } from "./fetch.ts";
import { DEFAULT_PACE, type Pace } from "./pacer.ts";
import { createProfileCalls } from "./profile.ts";
import { createPromotionCalls } from "./promotions.ts";
import { createSend, type Send } from "./send.ts";
import { createStorePacers } from "./store-pacers.ts";

/** Where Ecwid's REST API lives. */
export const ECWID_BASE_URL = "https://app.ecwid.com/api/v3";

const DEADLINE_MS = 10_000;
const HEADER_SAFE = /^[\x21-\x7e]+$/;

/**
 * @property baseUrl Ecwid's API unless told.
 * @property pace per store; at most 8 requests a second and 540 a minute unless told.
 * @property deadlineMs from sending a request to the end of its reply; 10,000 unless told.
 * @property abortAfter makes the signal of that deadline; on real time unless told.
 */
export interface EcwidGatewayDependencies {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly baseUrl?: string;
  readonly pace?: Pace;
  readonly deadlineMs?: number;
  readonly abortAfter?: (milliseconds: number) => AbortSignal;
}

/** @returns the gateway to Ecwid over `fetch`. What it was told stays between openings: a store's pace outlives its token. */
export function createEcwidGateway(dependencies: EcwidGatewayDependencies): EcwidGateway {
  const { fetch, clock, baseUrl = ECWID_BASE_URL, pace = DEFAULT_PACE, deadlineMs = DEADLINE_MS } = dependencies;
  const { abortAfter } = dependencies;
  const deadlineOf = abortAfter === undefined ? startDeadline : (after: number) => ({ signal: abortAfter(after), end: () => undefined });
  const pacerOf = createStorePacers(clock, pace);
  const base = baseUrl.replace(/\/+$/, "");

  return {
    open(storeId, token, isSentOnce = false) {
      const secret = token.reveal();
      const clean = createTextCleaner(secret);
      const storeUrl = `${base}/${storeId}`;
      const common = { storeUrl, secret, clean, fetch, clock, pacer: pacerOf(storeId), deadlineMs, startDeadline: deadlineOf, isSentOnce };
      const send: Send = HEADER_SAFE.test(secret) ? createSend(common) : async () => failure(unusableToken());
      return openStore(send, clean);
    },
  };
}

function openStore(send: Send, clean: (text: string) => string): EcwidStore {
  return {
    ...createCouponCalls(send, clean),
    ...createPromotionCalls(send, clean),
    ...createProfileCalls(send, clean),
    ...createCustomerGroupCalls(send, clean),
  };
}
