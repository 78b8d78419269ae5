import { describe, expect, it, vi } from "vitest";
import { startDeadline } from "../../../lib/adapters/ecwid/deadline.ts";

describe("a call's deadline", () => {
  it("aborts when its time is over, and not before", () => {
    vi.useFakeTimers();

    const { signal } = startDeadline(10_000);
    vi.advanceTimersByTime(9_999);
    const before = signal.aborted;
    vi.advanceTimersByTime(1);

    expect([before, signal.aborted]).toEqual([false, true]);
    vi.useRealTimers();
  });

  it("leaves no timer behind once the call is over", () => {
    vi.useFakeTimers();

    const { signal, end } = startDeadline(10_000);
    end();

    expect(vi.getTimerCount()).toBe(0);
    expect(signal.aborted).toBe(false);
    vi.useRealTimers();
  });
});
