import { formatInstant, type Instant, MINUTE } from "../../domain/instant.ts";
import { readWallClock } from "../../domain/windows/wall-clock.ts";
import { shownAt } from "../text/moments.ts";
import { html, type Markup } from "./markup.ts";
import { dayText } from "./scale.ts";

/** @returns `Fri 27 Nov 2026, 18:00`, on the wall of the zone. */
export function momentText(at: Instant, timeZone: string): string {
  return `${dayText(at, timeZone)}, ${shownAt(at, timeZone).slice("2026-11-27 ".length)}`;
}

/** @returns the offset of the zone's wall from UTC at an instant: `UTC−5`, `UTC+5:30`. */
function offsetText(at: Instant, timeZone: string): string {
  const minutes = Math.round((readWallClock(at, timeZone) - at) / MINUTE);
  if (minutes === 0) return "UTC";
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? "−" : "+"}${hours}${rest === 0 ? "" : `:${String(rest).padStart(2, "0")}`}`;
}

/** @returns a shift of the clocks: `+1 h`, `−30 min`. */
export function shiftText(shift: number): string {
  const minutes = Math.abs(shift) / MINUTE;
  return `${shift < 0 ? "−" : "+"}${minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`}`;
}

/** @returns local time for people, and the instant in UTC for machines. */
export function moment(at: Instant, timeZone: string): Markup {
  return html`<time datetime="${formatInstant(at)}">${momentText(at, timeZone)}</time>`;
}

/** @returns local time with the zone's name and its offset then. */
export function zonedMoment(at: Instant, timeZone: string): Markup {
  const zone = timeZone === "UTC" ? timeZone : `${timeZone}, ${offsetText(at, timeZone)}`;
  return html`${moment(at, timeZone)} <span class="zone">${zone}</span>`;
}
