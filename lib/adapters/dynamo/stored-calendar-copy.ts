import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { CalendarCopy } from "../../application/ports/state-table.ts";
import type { Calendar, DayRange } from "../../domain/campaign/calendar.ts";
import type { ShapeOf } from "./shape-of.ts";
import { storedFreezes } from "./stored-layer.ts";

const calendar = z.lazy(() =>
  z.object({
    storeId: textCodecs.storeId,
    name: textCodecs.calendarName,
    days: z.array(z.object({ from: z.string(), to: z.string() } satisfies ShapeOf<DayRange>)).readonly(),
    freeze: z.boolean(),
    timeZone: z.string().optional(),
    note: z.string().optional(),
  } satisfies ShapeOf<Calendar>),
);

/** The last good copy of a calendar, as it is stored. */
export const storedCalendarCopy = z.lazy(() =>
  z.object({
    calendar: calendar.optional(),
    freezes: storedFreezes,
    fingerprint: z.string(),
    problems: z.array(z.object({ path: z.string(), message: z.string() })).readonly(),
    compiledAt: textCodecs.instant,
  } satisfies ShapeOf<CalendarCopy>),
);
