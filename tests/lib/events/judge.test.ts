import { expect, test } from "vitest";
import { convergers } from "#lib/dispatch/stripe-objects";
import { judge } from "#lib/events/judge";
import type { Waiting, WaitingEvent } from "#lib/events/read-waiting";

const second = new Date("2026-11-21T09:00:00Z");
const later = new Date("2026-11-21T09:00:01Z");

type Told = { type: string; object: object; instant?: Date };

function eventOf(objectType: string, { type, object, instant = second }: Told): WaitingEvent {
  return {
    ...{ id: `evt_${type}`, type, account: "", objectType, objectId: "x_1", instant },
    ...{ attempts: 0, traceId: "trc_1", body: { api_version: null, data: { object } } },
  };
}

function verdict(objectType: string, told: Told[], mirror?: object): string {
  const events = told.map((one) => eventOf(objectType, one));
  const claim = { partition: 0, account: "", id: "x_1" };
  // The mirror's row is read only where it speaks for the newest second.
  const isTied = told.every(({ instant }) => instant === undefined);
  const waiting: Waiting = {
    ...{ claim, events, converger: convergers(objectType) },
    mirroredAt: mirror && second,
    mirrored:
      mirror && isTied
        ? {
            account: "",
            id: "x_1",
            instant: second,
            object: mirror,
            isDeleted: false,
          }
        : undefined,
  };
  const found = judge(waiting);
  return found.kind === "write" ? `write ${found.seen.eventId}` : found.kind;
}

const intent = (status: string, over: object = {}) => ({ id: "x_1", status, ...over });
const created: Told = { type: "payment_intent.created", object: intent("requires_payment_method") };
const asking: Told = { type: "payment_intent.requires_action", object: intent("requires_action") };
const paid: Told = { type: "payment_intent.succeeded", object: intent("succeeded") };

test("of one second, what is further along its life is later, in whatever order it comes", () => {
  for (const told of [
    [created, paid],
    [paid, created],
    [asking, created, paid],
  ]) {
    expect(verdict("payment_intent", told)).toBe("write evt_payment_intent.succeeded");
  }
  expect(verdict("payment_intent", [paid], intent("requires_action"))).toMatch(/^write/);
  expect(verdict("payment_intent", [asking], intent("succeeded"))).toBe("nothing");
});

test("an object's creation is the first that is told of it", () => {
  expect(verdict("payment_intent", [asking, created])).toMatch(/requires_action$/);
  expect(verdict("payment_intent", [created], intent("requires_action"))).toBe("nothing");
  expect(verdict("payment_intent", [created])).toMatch(/created$/);
});

test("what is equally far along and differs is asked about", () => {
  const touched: Told = {
    ...{ type: "payment_intent.amount_capturable_updated" },
    object: intent("succeeded", { description: "later?" }),
  };
  expect(verdict("payment_intent", [paid, touched])).toBe("ask");
  expect(verdict("payment_intent", [touched], intent("succeeded"))).toBe("ask");
  expect(verdict("payment_intent", [paid], intent("succeeded"))).toBe("nothing");
});

test("another second needs none of this", () => {
  const back: Told = {
    type: "payment_intent.payment_failed",
    object: intent("requires_payment_method"),
    instant: later,
  };
  expect(verdict("payment_intent", [back, asking], intent("requires_action"))).toMatch(/failed$/);
});

test("an event without its object is asked about, whatever the others say", () => {
  const named = { ...eventOf("payment_intent", paid), body: {} };
  const events = [eventOf("payment_intent", created), named];
  const claim = { partition: 0, account: "", id: "x_1" };
  const converger = convergers("payment_intent");
  const waiting = { claim, events, converger, mirroredAt: undefined, mirrored: undefined };
  expect(judge(waiting).kind).toBe("ask");
});

const invoice = (status: string, tries = 0) => {
  return { id: "x_1", status, attempt_count: tries, lines: { data: [], has_more: false } };
};
test.each([
  ["draft", "open"],
  ["open", "uncollectible"],
  ["uncollectible", "paid"],
  ["open", "void"],
])("an invoice that was %s is %s later", (before, after) => {
  const told = [
    { type: "invoice.updated", object: invoice(before) },
    { type: "invoice.sent", object: invoice(after) },
  ];
  expect(verdict("invoice", told)).toBe("write evt_invoice.sent");
  expect(verdict("invoice", told.toReversed())).toBe("write evt_invoice.sent");
});

test("each try to collect an invoice is later than the one before", () => {
  const told = [
    { type: "invoice.updated", object: invoice("open", 2) },
    { type: "invoice.payment_failed", object: invoice("open", 1) },
  ];
  expect(verdict("invoice", told)).toBe("write evt_invoice.updated");
});
