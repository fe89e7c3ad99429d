import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { failureOf, failures } from "#lib/payouts/failure";

const messages = JSON.parse(
  readFileSync(new URL("../../../lib/web/messages/en/payouts.json", import.meta.url), "utf8"),
);
const { codes, mends } = messages.failures as Record<"codes" | "mends", Record<string, string>>;

test("every code of a failed payout has its words, a mend, and where it is from", () => {
  expect(Object.keys(codes).toSorted()).toEqual([...Object.keys(failures), "other"].toSorted());
  expect(Object.keys(mends).toSorted()).toEqual(["ask-bank", "fund", "replace", "retry"]);
  expect(new Set(Object.values(codes)).size).toBe(Object.keys(codes).length);
  const unseen = Object.entries(failures).filter(([, { from }]) => from === null);
  expect(unseen.map(([code]) => code)).toEqual(["processing_error"]);
});

test("what a failure asks for follows from its code, and a new one is the bank's to tell", () => {
  expect(failureOf("issuer_unavailable")).toEqual({
    ...{ code: "issuer_unavailable", mend: "retry", stops: false },
  });
  for (const code of [null, "gone_fishing", "toString", "__proto__"]) {
    expect(failureOf(code)).toEqual({ code: "other", mend: "ask-bank", stops: true });
  }
  const goesOn = Object.entries(failures).filter(([, { stops }]) => !stops);
  expect(goesOn.map(([, { mend }]) => mend).toSorted()).toEqual(["fund", "retry", "retry"]);
});
