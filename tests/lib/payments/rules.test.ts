import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { csvHead, csvLines, streamCsv } from "#lib/billing/invoice-csv";
import { declineKindOf, declineKinds } from "#lib/billing/invoice-decline";
import { type Currency, currencies } from "#lib/money/currency";
import { toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { parseMoney } from "#lib/money/parse-money";
import { creditRequestOf } from "#lib/payments/credit-request";
import { paymentMethods } from "#lib/payments/payment-method-table";
import { methodFacts, methodsFor, type PaymentMethodRow } from "#lib/payments/payment-methods";
import { taxIdTypes } from "#lib/payments/tax-id-types";
import type { StripeInvoice } from "#lib/stripe/objects";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");

test("every kind of refusal has its words and what to do", () => {
  const messages = JSON.parse(read("lib/web/messages/en/payments.json"));
  expect(Object.keys(messages.declines).sort()).toEqual([...declineKinds].sort());
  expect(declineKindOf("insufficient_funds", "card_declined")).toBe("insufficient_funds");
  expect(declineKindOf("generic_decline", "card_declined")).toBe("bank_refused");
  expect(declineKindOf(null, "expired_card")).toBe("expired_card");
  expect(declineKindOf("constructor", "toString")).toBe("bank_refused");
});

test("every tax id Stripe knows is offered, and none it does not", () => {
  const text = read("node_modules/stripe/esm/resources/TaxIds.d.ts");
  const known = new Set(text.match(/'[a-z]{2}_[a-z_]+'/g)?.map((name) => name.slice(1, -1)));
  expect(Object.keys(taxIdTypes).sort()).toEqual([...known].sort());
});

test("an amount a person types is exact, both ways", () => {
  const sums = fc.record({
    currency: fc.constantFrom(...(Object.keys(currencies) as Currency[])),
    minor: fc.bigInt({ min: 0n, max: 10n ** 12n }),
  });
  fc.assert(
    fc.property(sums, ({ currency, minor }) => {
      expect(parseMoney(toDecimal(money(minor, currency)), currency)).toEqual({ minor, currency });
    }),
    { numRuns: 100 },
  );
});

test.each([
  ["1,250.5", "usd", 125050n],
  ["12", "kwd", 12000n],
  [" 7. ", "usd", 700n],
  ["12.5", "jpy", null],
  ["12.345", "usd", null],
  ["-5", "usd", null],
  ["1,2", "usd", null],
  ["1e3", "usd", null],
  ["NaN", "usd", null],
  ["", "usd", null],
] as const)("%j in %s is %s minor units", (text, currency, minor) => {
  expect(parseMoney(text, currency)?.minor ?? null).toBe(minor);
});

const line = (id: string, amount: number, discount: number, tax: number) => ({
  ...{ id, amount, description: id, discount_amounts: [{ amount: discount, discount: "di_1" }] },
  taxes: [{ amount: tax, tax_behavior: "exclusive", taxable_amount: amount - discount }],
});
const invoice = (over: object) =>
  ({
    ...{ id: "in_1", status: "paid", amount_remaining: 0, amount_paid: 2280 },
    ...{ post_payment_credit_notes_amount: 0, lines: { data: [line("il_1", 2000, 100, 380)] } },
    ...over,
  }) as unknown as StripeInvoice;

test("a line credited whole takes its discount and tax with it, to the cent", () => {
  const lines = [{ lineId: "il_1", minor: 2000n }];
  expect(creditRequestOf(invoice({}), { lines, paidGoes: "refund" })).toEqual({
    ...{ invoiceId: "in_1", lines: [{ lineId: "il_1", amount: 2000 }] },
    ...{ refundAmount: 2280, creditAmount: 0, outOfBandAmount: 0 },
  });
});

test("what is due falls first, and only the rest of it goes back", () => {
  const mixed = invoice({ status: "open", amount_remaining: 1000, amount_paid: 1280 });
  const request = creditRequestOf(mixed, { amountMinor: 1500n, paidGoes: "balance" });
  expect(request).toMatchObject({ amount: 1500, creditAmount: 500, refundAmount: 0 });
  const more = () => creditRequestOf(mixed, { amountMinor: 2281n, paidGoes: "balance" });
  expect(more).toThrow(/more than is left/);
  const draft = () => creditRequestOf(invoice({ status: "draft" }), { paidGoes: "balance" });
  expect(draft).toThrow(/this one is draft/);
});

test("parts of a line never credit more than the whole, however they are cut", () => {
  const cut = fc.tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 0, max: 999 }));
  fc.assert(
    fc.property(cut, fc.integer({ min: 0, max: 900 }), ([amount, percent], tax) => {
      const whole = line("il_1", amount, 0, tax);
      const part = BigInt(Math.max(1, Math.floor((amount * percent) / 1000)));
      const of = invoice({ amount_paid: amount + tax, lines: { data: [whole] } });
      const ask = { lines: [{ lineId: "il_1", minor: part }], paidGoes: "refund" as const };
      const { refundAmount } = creditRequestOf(of, ask);
      expect(refundAmount).toBeGreaterThanOrEqual(Number(part));
      expect(refundAmount).toBeLessThanOrEqual(amount + tax);
    }),
    { numRuns: 100 },
  );
});

const csvRow = {
  ...{ id: "in_1", number: "=HYPERLINK(1)", status: "paid" as const, tenant: 'A "b", c' },
  ...{ total: money(-5n, "usd"), amountDue: money(0n, "jpy"), amountPaid: money(1n, "kwd") },
  ...{ createdAt: new Date(0), dueAt: null, paidAt: null, subscriptionId: null },
  detail: { id: "in_1", subtotalMinor: 100n, discountMinor: 5n, taxMinor: 19n, country: "DE" },
};

test("a cell that a spreadsheet would run is text, and commas part nothing", () => {
  expect(csvLines([csvRow])).toBe(
    `"A ""b"", c",'=HYPERLINK(1),in_1,paid,USD,1.00,0.05,0.19,-0.05,0,0.001,` +
      "1970-01-01T00:00:00.000Z,,,DE\r\n",
  );
  const inOneTenant = csvHead(false).split(",").length;
  expect(csvHead(true).split(",")).toHaveLength(inOneTenant + 1);
});

test("a table goes on after its last row until there is none, and reads only what is asked for", async () => {
  const asked: (string | undefined)[] = [];
  const pieces = await streamCsv(true, async (last) => {
    asked.push(last?.id);
    const number = asked.length;
    const rows = [{ ...csvRow, id: `in_${number}` }];
    return { rows, next: number < 3 ? { createdAt: new Date(0), id: `in_${number}` } : null };
  });
  expect(asked).toEqual([undefined]);
  const read: string[] = [];
  for await (const piece of pieces) read.push(piece);
  expect(asked).toEqual([undefined, "in_1", "in_2"]);
  expect(read.join("").match(/in_\d,paid/g)).toEqual(["in_1,paid", "in_2,paid", "in_3,paid"]);
});

test("ways to pay are found by place, currency and renewal, and each row is whole", () => {
  expect(methodsFor({ country: "BR", currency: "brl" })).toEqual(["card", "link", "pix", "boleto"]);
  expect(methodsFor({ country: "NL", currency: "eur", isRecurring: true })).toEqual(
    expect.arrayContaining(["card", "sepa_debit", "ideal"]),
  );
  expect(methodsFor({ isRecurring: true })).not.toContain("grabpay");
  for (const row of Object.values<PaymentMethodRow>(paymentMethods)) {
    expect(row.confirmsInDays).toBeGreaterThanOrEqual(0);
    expect(row.settlement).toMatch(/^[A-Z].+\.$/s);
    if (row.family === "debit") expect(row.disputes).toBe("unconditional");
  }
});

test("every way to pay is one Stripe knows, and what was checked says where and when", () => {
  const known = read("node_modules/stripe/esm/resources/PaymentMethods.d.ts");
  const types = new Set(known.match(/type Type = [^;]+;/)?.[0].match(/[a-z0-9_]+(?=')/g));
  expect(types.size).toBeGreaterThan(40);
  for (const [type, row] of Object.entries<PaymentMethodRow>(paymentMethods)) {
    expect([type, types.has(type)]).toEqual([type, true]);
    const { checked } = row;
    if (!checked) continue;
    expect(checked.url).toMatch(/^https:\/\/docs\.stripe\.com\/payments\/[a-z0-9/-]+$/);
    expect(Date.parse(checked.on)).not.toBeNaN();
    expect(methodFacts).toEqual(expect.arrayContaining([...checked.facts]));
    expect(checked.facts.includes("limits")).toBe(row.limits !== undefined);
  }
});
