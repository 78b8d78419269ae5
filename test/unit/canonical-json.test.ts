import { expect, it } from "vitest";
import { canonicalJson } from "../../lib/domain/canonical-json.ts";

it("equal contents are equal texts, however their keys are ordered, at any depth", () => {
  const one = { b: 1, a: { d: [{ f: null, e: "x" }], c: true }, aa: 2 };
  const other = { aa: 2, a: { c: true, d: [{ e: "x", f: null }] }, b: 1 };

  expect(canonicalJson(one)).toBe('{"a":{"c":true,"d":[{"e":"x","f":null}]},"aa":2,"b":1}');
  expect(canonicalJson(other)).toBe(canonicalJson(one));
});

it("lists keep their order, and what is no object is itself", () => {
  expect([canonicalJson([2, 1]), canonicalJson("b"), canonicalJson(null), canonicalJson(3)]).toEqual(["[2,1]", '"b"', "null", "3"]);
});

it("what JSON has no text for is the empty text", () => {
  expect(canonicalJson(undefined)).toBe("");
});
