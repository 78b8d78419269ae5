import * as z from "zod";
import type { CustomerGroup, EcwidStore } from "../../application/ports/ecwid-gateway.ts";
import { success } from "../../domain/result.ts";
import { unreadableReply } from "./failures.ts";
import { groupIdSchema, optionalTextSchema } from "./identifier-schemas.ts";
import { PAGE_SIZE, pageSchema, type ReadPage, readAllPages } from "./pages.ts";
import { readReply } from "./read-reply.ts";
import { type Call, failedCall, type Send } from "./send.ts";

const groupPageSchema = z.lazy(() => pageSchema(z.looseObject({ id: groupIdSchema, name: optionalTextSchema })));

/** `limit` is always sent: Ecwid's pages contradict each other about its default. */
function listCall(offset: number): Call {
  const query = `?limit=${PAGE_SIZE}&offset=${offset}&responseFields=total,count,offset,limit,items(id,name)`;
  return { method: "GET", path: "/customer_groups", query, aboutTarget: false };
}

/** The customer group call of one store; ids and names are asked for. */
export function createCustomerGroupCalls(send: Send, clean: (text: string) => string): Pick<EcwidStore, "listCustomerGroups"> {
  const readPage: ReadPage<CustomerGroup> = async (offset) => {
    const call = listCall(offset);
    const sent = await send(call);
    return sent.ok ? readReply(sent.value, groupPageSchema, failedCall(call, clean)) : sent;
  };

  return {
    async listCustomerGroups() {
      const groups = await readAllPages(readPage, (problem) => unreadableReply(failedCall(listCall(0), clean), problem));
      return groups.ok ? success(groups.value.map(({ id, name }) => ({ id, name: name === undefined ? undefined : clean(name) }))) : groups;
    },
  };
}
