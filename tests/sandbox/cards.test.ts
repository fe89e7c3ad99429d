import type Stripe from "stripe";
import { expect, test } from "vitest";
import { cardOf, pay, rowsOf, typeCard } from "#tests/sandbox/try-card";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

/** The tables of https://docs.stripe.com/testing, as they stand there in 2026. */
const brands = rowsOf(`
  visa       | credit  | US | 4242424242424242    | visa
  visa       | debit   | US | 4000056655665556    | visa_debit
  mastercard | credit  | US | 5555555555554444    | mastercard
  mastercard | credit  | US | 2223003122003222    |
  mastercard | debit   | US | 5200828282828210    | mastercard_debit
  mastercard | prepaid | US | 5105105105105100    | mastercard_prepaid
  amex       | credit  | US | 378282246310005     | amex
  amex       | credit  | US | 371449635398431     |
  discover   | credit  | US | 6011111111111117    | discover
  discover   | credit  | US | 6011000990139424    |
  discover   | debit   | US | 6011981111111113    |
  diners     | credit  | US | 3056930009020004    | diners
  diners     | credit  | US | 36227206271667      |
  discover   | credit  | US | 6555900000604105    |
  jcb        | credit  | JP | 3566002020360505    | jcb
  unionpay   | credit  | CN | 6200000000000005    | unionpay
  unionpay   | debit   | CN | 6200000000000047    |
  unionpay   | credit  | CN | 6205500000000000004 |
`);
const coBrands = rowsOf(`
  visa       | credit | FR | 4000002500001001 | visa_cartesBancaires               | cartes_bancaires
  mastercard | credit | FR | 5555552500001001 | mastercard_cartesBancaires         | cartes_bancaires
  visa       | debit  | AU | 4000050360000001 | visa_debit_eftposAuCoBranded       | eftpos_au
  mastercard | debit  | AU | 5555050360000080 | mastercard_debit_eftposAuCoBranded | eftpos_au
`);
const countries = rowsOf(`
  visa       | credit | US | 4242424242424242 | us
  visa       | credit | AR | 4000000320000021 | ar
  visa       | credit | BR | 4000000760000002 | br
  visa       | credit | CA | 4000001240000000 | ca
  visa       | credit | CL | 4000001520000001 | cl
  visa       | credit | CO | 4000001700000003 | co
  visa       | credit | CR | 4000001880000005 | cr
  visa       | credit | EC | 4000002180000000 | ec
  visa       | credit | MX | 4000004840008001 | mx
  unknown    | credit | MX | 5062210000000009 |
  visa       | credit | PA | 4000005910000000 | pa
  visa       | credit | PY | 4000006000000066 | py
  visa       | credit | PE | 4000006040000068 | pe
  visa       | credit | UY | 4000008580000003 | uy
  visa       | credit | AE | 4000007840000001 | ae
  mastercard | credit | AE | 5200007840000022 | ae_mastercard
  visa       | credit | AT | 4000000400000008 | at
  visa       | credit | BE | 4000000560000004 | be
  visa       | credit | BG | 4000001000000000 | bg
  visa       | credit | BY | 4000001120000005 | by
  visa       | credit | HR | 4000001910000009 | hr
  visa       | credit | CY | 4000001960000008 | cy
  visa       | credit | CZ | 4000002030000002 | cz
  visa       | credit | DK | 4000002080000001 | dk
  visa       | credit | EE | 4000002330000009 | ee
  visa       | credit | FI | 4000002460000001 | fi
  visa       | credit | FR | 4000002500000003 | fr
  visa       | credit | DE | 4000002760000016 | de
  visa       | credit | GI | 4000002920000005 | gi
  visa       | credit | GR | 4000003000000030 | gr
  visa       | credit | HU | 4000003480000005 | hu
  visa       | credit | IE | 4000003720000005 | ie
  visa       | credit | IT | 4000003800000008 | it
  visa       | credit | LV | 4000004280000005 | lv
  visa       | credit | LI | 4000004380000004 | li
  visa       | credit | LT | 4000004400000000 | lt
  visa       | credit | LU | 4000004420000006 | lu
  visa       | credit | MT | 4000004700000007 | mt
  visa       | credit | NL | 4000005280000002 | nl
  visa       | credit | NO | 4000005780000007 | no
  visa       | credit | PL | 4000006160000005 | pl
  visa       | credit | PT | 4000006200000007 | pt
  visa       | credit | RO | 4000006420000001 | ro
  visa       | credit | SA | 4000006820000007 |
  visa       | credit | SI | 4000007050000006 | si
  visa       | credit | SK | 4000007030000001 | sk
  visa       | credit | ES | 4000007240000007 | es
  visa       | credit | SE | 4000007520000008 | se
  visa       | credit | CH | 4000007560000009 | ch
  visa       | credit | GB | 4000008260000000 | gb
  visa       | debit  | GB | 4000058260000005 | gb_debit
  mastercard | credit | GB | 5555558265554449 | gb_mastercard
  visa       | credit | AU | 4000000360000006 | au
  visa       | credit | CN | 4000001560000002 | cn
  visa       | credit | HK | 4000003440000004 | hk
  visa       | credit | IN | 4000003560000008 | in
  visa       | credit | JP | 4000003920000003 | jp
  jcb        | credit | JP | 3530111333300000 |
  visa       | credit | MY | 4000004580000002 | my
  visa       | credit | NZ | 4000005540000008 | nz
  visa       | credit | SG | 4000007020000003 | sg
  visa       | credit | TW | 4000001580000008 | tw
  visa       | credit | TH | 4000007640000003 | th_credit
  visa       | debit  | TH | 4000057640000008 | th_debit
`);
const health = rowsOf(`
  visa       | debit | US | 4000051230000072 | pm_card_debit_visaFsaProductCode
  visa       | debit | US | 4000051230000072 | pm_card_debit_visaHsaProductCode
  mastercard | debit | US | 5200828282828897 | pm_card_mastercard_debit_mastercardFsaProductCode
`);

async function expectPays(stripe: Stripe, row: string[], method: string): Promise<void> {
  const [brand, funding, country, number = ""] = row;
  const { intent, charge } = await pay(stripe, method);
  const found = { status: intent.status, ...cardOf(charge) };
  const last4 = number.slice(-4);
  expect(found, `${number} as ${method}`).toEqual({
    ...{ status: "succeeded", brand, country, funding, last4 },
  });
}

async function expectPaysByToken(stripe: Stripe, row: string[], token: string): Promise<void> {
  const method = await stripe.paymentMethods.create({ type: "card", card: { token } });
  await expectPays(stripe, row, method.id);
  const charge = await stripe.charges.create({ amount: 900, currency: "usd", source: token });
  expect([charge.paid, cardOf(charge).last4], token).toEqual([true, row[3]?.slice(-4)]);
}

// A row's card, however it is told: by its number, and by the names it has.
async function expectTable(name: string, table: string[][]): Promise<void> {
  const stripe = sandbox.client(name);
  for (const row of table) {
    const [, , , number = "", named = ""] = row;
    await expectPays(stripe, row, (await typeCard(stripe, number)).id);
    if (named === "") continue;
    await expectPays(stripe, row, `pm_card_${named}`);
    await expectPaysByToken(stripe, row, `tok_${named}`);
  }
}

test("17: every card by brand pays, as its number, its payment method and its token", async () => {
  await expectTable("brands", brands);
});

test("17: a card of two brands pays and names both its networks", async () => {
  await expectTable("cobrands", coBrands);
  const stripe = sandbox.client("cobrands");
  for (const [brand, , , number = "", , second] of coBrands) {
    const { card } = await typeCard(stripe, number);
    expect(card?.networks, number).toEqual({ available: [second, brand], preferred: null });
  }
});

test("a card of two brands is charged as the one its holder prefers, if it has it", async () => {
  const stripe = sandbox.client("prefers");
  type Preferred = "cartes_bancaires" | "mastercard" | "visa";
  const made = async (number: string, preferred: Preferred) => {
    const card = { number, exp_month: 12, exp_year: 2040, cvc: "123", networks: { preferred } };
    return stripe.paymentMethods.create({ type: "card", card });
  };
  const french = await made("4000002500001001", "cartes_bancaires");
  expect(french.card).toMatchObject({
    ...{ brand: "visa", display_brand: "cartes_bancaires" },
    networks: { preferred: "cartes_bancaires" },
  });
  const networkOf = async (method: string) =>
    (await pay(stripe, method)).charge?.payment_method_details?.card?.network;
  expect(await networkOf(french.id)).toBe("cartes_bancaires");
  const plain = await made("4242424242424242", "mastercard");
  expect(plain.card).toMatchObject({
    display_brand: "visa",
    networks: { preferred: "invalid_preference" },
  });
  expect(await networkOf(plain.id)).toBe("visa");
  const { id } = await typeCard(stripe, "5555552500001001");
  const changed = await stripe.paymentMethods.update(id, {
    card: { networks: { preferred: "cartes_bancaires" } },
  });
  expect(changed.card?.display_brand).toBe("cartes_bancaires");
  expect(await networkOf(id)).toBe("cartes_bancaires");
});

test.each(countries.map((row) => ({ row, country: row[2], number: row[3] })))(
  "17: the card $number pays and is of $country",
  async ({ row }) => {
    await expectTable("countries", [row]);
  },
);

test("17: the cards of health accounts pay, as their numbers and their payment methods", async () => {
  const stripe = sandbox.client("health");
  for (const row of health) {
    const [, , , number = "", method = ""] = row;
    await expectPays(stripe, row, (await typeCard(stripe, number)).id);
    await expectPays(stripe, row, method);
  }
});

/** https://docs.stripe.com/testing#refunds and #available-balance. */
const refunds = rowsOf(`
  pending   | succeeded | refund.updated | 4000000000007726 | pendingRefund
  succeeded | failed    | refund.failed  | 4000000000005126 | refundFail
`);
const bypassing = rowsOf(`
  visa | credit | US | 4000000000000077 | bypassPending
  visa | credit | IE | 4000003720000278 | bypassPendingInternational
`);

async function methodsOf(stripe: Stripe, number: string, name: string): Promise<string[]> {
  const card = { token: `tok_${name}` };
  const ofToken = await stripe.paymentMethods.create({ type: "card", card });
  return [(await typeCard(stripe, number)).id, `pm_card_${name}`, ofToken.id];
}

test("17: every card of asynchronous refunds gives back as its table says", async () => {
  const stripe = sandbox.client("refunds");
  for (const [first, last, event = "", number = "", name = ""] of refunds) {
    for (const method of await methodsOf(stripe, number, name)) {
      const { charge } = await pay(stripe, method);
      const made = await stripe.refunds.create({ charge: charge?.id ?? "" });
      expect(made.status, method).toBe(first);
      await sandbox.admin("/clock", { advance_seconds: 120 }, "refunds");
      expect((await stripe.refunds.retrieve(made.id)).status, method).toBe(last);
      const [latest] = (await stripe.events.list({ type: event, limit: 1 })).data;
      expect(latest?.data.object, method).toMatchObject({ id: made.id, status: last });
    }
  }
});

test("17: every card that bypasses the pending balance is available at once", async () => {
  const stripe = sandbox.client("bypass");
  for (const row of bypassing) {
    const [, , , number = "", name = ""] = row;
    for (const method of await methodsOf(stripe, number, name)) {
      const before = (await stripe.balance.retrieve()).available[0]?.amount ?? 0;
      await expectPays(stripe, row, method);
      const { available, pending } = await stripe.balance.retrieve();
      expect([available[0]?.amount, pending[0]?.amount ?? 0], method).toEqual([before + 9680, 0]);
    }
  }
});

test("a card is shown by the name people know its brand by", async () => {
  const stripe = sandbox.client("shown");
  const shown = async (number: string) => (await typeCard(stripe, number)).card?.display_brand;
  expect(await shown("378282246310005")).toBe("american_express");
  expect(await shown("3056930009020004")).toBe("diners_club");
  expect(await shown("6200000000000005")).toBe("union_pay");
  expect(await shown("4242424242424242")).toBe("visa");
});

test("a token that somebody's card was made into pays once", async () => {
  const stripe = sandbox.client("typed");
  const card = { number: "5555555555554444", exp_month: "12", exp_year: "2040", cvc: "123" };
  const token = await stripe.tokens.create({ card });
  const method = await stripe.paymentMethods.create({ type: "card", card: { token: token.id } });
  expect(method.card).toMatchObject({
    last4: "4444",
    exp_month: 12,
    checks: { cvc_check: "pass" },
  });
  await expect(
    stripe.charges.create({ amount: 900, currency: "usd", source: token.id }),
  ).rejects.toMatchObject({ statusCode: 400, code: "token_already_used", param: "source" });
  await expect(
    stripe.charges.create({ amount: 900, currency: "usd", source: "tok_nobody" }),
  ).rejects.toMatchObject({ statusCode: 400, code: "resource_missing", param: "source" });
});
