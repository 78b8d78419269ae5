import type { Instant } from "../../../lib/domain/instant.ts";
import type { Happening, Violation } from "../world/journal.ts";

type Request = Happening & { readonly kind: "request" };

/** Doorman's own limit for a token (design 7). */
const MOST_A_MINUTE = 540;
/** So many tokens that have never been seen to work are tried in a minute; a little less than one, since a call is not made at the instant at which its place is taken. */
const MOST_UNPROVEN = 10;
const UNPROVEN_SPAN_MS = 50_000;
const MINUTE_MS = 60_000;

interface TokenUse {
  readonly at: number[];
  isProven: boolean;
  /** Refused calls, oldest first. */
  readonly refused: Request[];
}

/** Judges the requests that reach Ecwid: invariant 6, and that nothing is asked while Doorman is stopped. */
export function createRequestWatch(report: (violation: Violation) => void) {
  const uses = new Map<string, TokenUse>();
  const unproven: number[] = [];
  let stoppedAt: Instant | undefined;

  function judgeRefusal(request: Request, use: TokenUse): void {
    const { at, storeId, process } = request;
    // What a process never heard, or could not write down because it died or one of our services failed it, the next one cannot know.
    const allowed = 1 + use.refused.filter((each) => !each.isHeard || each.process.isDead || each.process.hasFailed).length;
    use.refused.push(request);
    if (use.refused.length > allowed) {
      const got = `refusal number ${use.refused.length} of the same token, by process ${process.id}: ${request.what}`;
      report({ invariant: "6 one call for a dead token", at, where: `store ${storeId}`, expected: `${allowed}`, got });
    }
    if (use.isProven) return;
    unproven.push(at);
    const lately = unproven.filter((each) => each > at - UNPROVEN_SPAN_MS).length;
    if (lately <= MOST_UNPROVEN) return;
    report({
      invariant: "6 ten calls a minute with dead tokens",
      at,
      where: `store ${storeId}`,
      expected: `${MOST_UNPROVEN}`,
      got: `${lately}`,
    });
  }

  return {
    request(request: Request): void {
      const { at, token, storeId, status, isTokenRefusal, process, what } = request;
      const use = uses.get(token) ?? { at: [], isProven: false, refused: [] };
      uses.set(token, use);
      use.at.push(at);
      while ((use.at[0] ?? at) <= at - MINUTE_MS) use.at.shift();
      if (use.at.length > MOST_A_MINUTE) {
        report({
          invariant: "6 the rate of a token",
          at,
          where: `store ${storeId}`,
          expected: `${MOST_A_MINUTE}`,
          got: `${use.at.length}`,
        });
      }
      if (stoppedAt !== undefined && process.beganAt > stoppedAt) {
        report({
          invariant: "10 nothing is asked while Doorman is stopped",
          at,
          where: `store ${storeId}`,
          expected: "no call",
          got: what,
        });
      }
      if (status === 200) use.isProven = true;
      if (isTokenRefusal) judgeRefusal(request, use);
    },
    stopped: (at: Instant | undefined) => {
      stoppedAt = at;
    },
  };
}
