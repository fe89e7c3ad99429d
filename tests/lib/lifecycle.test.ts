import fc from "fast-check";
import { expect, test } from "vitest";
import { Refusal } from "#lib/errors";
import { advance, isFinal, type Lifecycle } from "#lib/lifecycle";

type Status = "draft" | "open" | "paid" | "void";
type Event = "send" | "pay" | "cancel";
const events: Event[] = ["send", "pay", "cancel"];

const billLifecycle = {
  draft: { send: "open", cancel: "void" },
  open: { pay: "paid", cancel: "void" },
  paid: {},
  void: {},
} as const satisfies Lifecycle<Status, Event>;
const bills: Lifecycle<Status, Event> = billLifecycle;

test("a walk at random never leaves the table and ends in a final state", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...events), { maxLength: 30 }), (walk) => {
      let status: Status = "draft";
      for (const event of walk) {
        const row: Partial<Record<Event, Status>> = bills[status];
        if (row[event] === undefined) {
          expect(() => advance(bills, "bill", status, event)).toThrow(Refusal);
        } else {
          expect(isFinal(bills, status)).toBe(false);
          status = advance(bills, "bill", status, event);
        }
        expect(Object.keys(bills)).toContain(status);
      }
    }),
  );
});

test("any table keeps its walks inside itself", () => {
  const statuses = ["a", "b", "c", "d"] as const;
  const row = fc.record(
    { send: fc.constantFrom(...statuses), pay: fc.constantFrom(...statuses) },
    { requiredKeys: [] },
  );
  const table = fc.record({ a: row, b: row, c: row, d: row });
  fc.assert(
    fc.property(table, fc.array(fc.constantFrom("send" as const, "pay" as const)), (rows, walk) => {
      const lifecycle = rows as Lifecycle<(typeof statuses)[number], "send" | "pay">;
      let status: (typeof statuses)[number] = "a";
      for (const event of walk) {
        const to = lifecycle[status][event];
        if (to === undefined) continue;
        status = advance(lifecycle, "thing", status, event);
        expect(status).toBe(to);
      }
    }),
  );
});

test("where nothing more can happen, every event is refused", () => {
  for (const status of Object.keys(bills) as Status[]) {
    const refused = events.filter((event) => {
      try {
        advance(bills, "bill", status, event);
        return false;
      } catch {
        return true;
      }
    });
    expect(isFinal(bills, status)).toBe(refused.length === events.length);
  }
});

test("a refusal names the thing, its state and what was asked of it", () => {
  expect(() => advance(bills, "bill", "paid", "cancel")).toThrow(
    new Refusal("conflict", "This bill is paid; it cannot cancel."),
  );
});
