import * as z from "zod";
import type { EcwidStore } from "../../application/ports/ecwid-gateway.ts";
import { couponId } from "../../domain/identifiers.ts";
import type { LiveCoupon } from "../../domain/live.ts";
import { failure, success } from "../../domain/result.ts";
import { unreadableReply } from "./failures.ts";
import { numericIdSchema, optionalTextSchema, rawDateSchema } from "./identifier-schemas.ts";
import { PAGE_SIZE, pageSchema, type ReadPage, readAllPages } from "./pages.ts";
import { readReply } from "./read-reply.ts";
import { type Call, failedCall, type Send } from "./send.ts";

const FIELDS = "id,name,code,status,applicationLimit,launchDate,expirationDate";

const couponSchema = z.lazy(() =>
  z
    .looseObject({
      id: numericIdSchema,
      name: optionalTextSchema,
      code: optionalTextSchema,
      status: optionalTextSchema,
      applicationLimit: z.string(),
      launchDate: rawDateSchema,
      expirationDate: rawDateSchema,
    })
    .transform(({ id, name, code, status, applicationLimit, launchDate, expirationDate }): LiveCoupon => {
      return { kind: "coupon", id: couponId(id), name, code, status, applicationLimit, launchDate, expirationDate };
    }),
);
const couponPageSchema = z.lazy(() => pageSchema(couponSchema));

/** The coupon calls of one store: `GET` one or all, `PUT {"applicationLimit": …}`. */
export function createCouponCalls(
  send: Send,
  clean: (text: string) => string,
): Pick<EcwidStore, "readCoupon" | "listCoupons" | "writeApplicationLimit"> {
  const readPage: ReadPage<LiveCoupon> = async (offset) => {
    const call = listCall(offset);
    const sent = await send(call);
    return sent.ok ? readReply(sent.value, couponPageSchema, failedCall(call, clean)) : sent;
  };

  return {
    async readCoupon(id) {
      const call: Call = { method: "GET", path: `/discount_coupons/${id}`, query: `?responseFields=${FIELDS}`, aboutTarget: true };
      const sent = await send(call);
      if (!sent.ok) return sent;
      const read = readReply(sent.value, couponSchema, failedCall(call, clean));
      // Older pages of Ecwid's documentation take a code in this place too, and do not say which wins: never mistake one for the other.
      if (read.ok && read.value.id !== id) return failure(unreadableReply(failedCall(call, clean), `it is coupon ${read.value.id}`));
      return read;
    },
    listCoupons: () => readAllPages(readPage, (problem) => unreadableReply(failedCall(listCall(0), clean), problem)),
    async writeApplicationLimit(id, limit) {
      const body = { applicationLimit: limit };
      const sent = await send({ method: "PUT", path: `/discount_coupons/${id}`, query: "", aboutTarget: true, body });
      return sent.ok ? success(undefined) : sent;
    },
  };
}

function listCall(offset: number): Call {
  const query = `?limit=${PAGE_SIZE}&offset=${offset}&responseFields=total,count,offset,limit,items(${FIELDS})`;
  return { method: "GET", path: "/discount_coupons", query, aboutTarget: false };
}
