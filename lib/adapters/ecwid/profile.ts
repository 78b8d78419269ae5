import * as z from "zod";
import type { EcwidStore } from "../../application/ports/ecwid-gateway.ts";
import { success } from "../../domain/result.ts";
import { readReply } from "./read-reply.ts";
import { type Call, failedCall, type Send } from "./send.ts";

/** Ecwid's own client holds the zone nullable; a profile without one is a profile all the same. */
const profileSchema = z.lazy(() => z.looseObject({ formatsAndUnits: z.looseObject({ timezone: z.string().min(1).nullish() }).nullish() }));

const CALL: Call = { method: "GET", path: "/profile", query: "?responseFields=formatsAndUnits(timezone)", aboutTarget: false };

/** The profile call of one store; only its time zone is asked for. */
export function createProfileCalls(send: Send, clean: (text: string) => string): Pick<EcwidStore, "readProfile"> {
  return {
    async readProfile() {
      const sent = await send(CALL);
      if (!sent.ok) return sent;
      const read = readReply(sent.value, profileSchema, failedCall(CALL, clean));
      return read.ok ? success({ timeZone: read.value.formatsAndUnits?.timezone ?? undefined }) : read;
    },
  };
}
