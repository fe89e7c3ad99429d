import type Stripe from "stripe";
import { expect, test } from "vitest";
import { rowsOf } from "#tests/sandbox/try-card";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const failure = (error: unknown) => error as Stripe.errors.StripeError;

/** The debit cards of https://docs.stripe.com/connect/testing, by country: of each a Visa card that
 *  a payout arrives at, one it comes back from, one that takes none at once, and a Mastercard. */
const cards = rowsOf(`
  us | 4000056655665556 | 4000056655665572 | 4000056755665555 | 5200828282828210
  ca | 4000051240000005 | 4000051240000021 | 4000051240000039 | 5510121240000006
  sg | 4000057020000008 | 4000057020000016 | 4000057020000024 | 2227200000000009
  au | 4000050360000019 | 4000050360000027 | 4000050360000035 | 5555050360000023
  ae | 4000057840000006 | 4000057840000014 | 4000057840000022 | 5555057840000002
  gb | 4000058260000203 | 4000058260000211 | 4000058260000229 | 5555058260000100
  at | 4000050400000003 | 4000050400000011 | 4000050400000029 | 5555050400000009
  be | 4000050560000009 | 4000050560000017 | 4000050560000025 | 5555050560000005
  hr | 4000051910000004 | 4000051910000012 | 4000051910000020 | 5555051910000000
  cy | 4000051960000003 | 4000051960000011 | 4000051960000029 | 5555051960000009
  ee | 4000052330000004 | 4000052330000012 | 4000052330000020 | 5555052330000000
  fi | 4000052460000006 | 4000052460000014 | 4000052460000022 | 5555052460000002
  fr | 4000052500000008 | 4000052500000016 | 4000052500000024 | 5555052500000004
  de | 4000052760000037 | 4000052760000011 | 4000052760000029 | 5555052760000009
  gr | 4000053000000001 | 4000053000000019 | 4000053000000027 | 5555053000000007
  ie | 4000053720000000 | 4000053720000018 | 4000053720000026 | 5555053720000006
  it | 4000053800000037 | 4000053800000011 | 4000053800000029 | 5555053800000009
  lv | 4000054280000000 | 4000054280000018 | 4000054280000026 | 5555054280000006
  lt | 4000054400000005 | 4000054400000013 | 4000054400000021 | 5555054400000001
  lu | 4000054420000001 | 4000054420000019 | 4000054420000027 | 5555054420000007
  mt | 4000054700000002 | 4000054700000010 | 4000054700000028 | 5555054700000008
  nl | 4000055280000007 | 4000055280000015 | 4000055280000023 | 5555055280000003
  pt | 4000056200000002 | 4000056200000010 | 4000056200000028 | 5555056200000008
  sk | 4000057030000006 | 4000057030000014 | 4000057030000022 | 5555057030000002
  si | 4000057050000001 | 4000057050000019 | 4000057050000027 | 5555057050000007
  es | 4000057240000036 | 4000057240000010 | 4000057240000028 | 5555057240000008
  dk | 4000052080000006 | 4000052080000014 | 4000052080000022 | 5555052080000002
  my | 4000054580000031 | 4000054580000015 | 4000054580000023 | 5555054580000003
  nz | 4000055540000003 | 4000055540000011 | 4000055540000029 | 5555055540000165
  no | 4000055780000002 | 4000055780000010 | 4000055780000028 | 5555055780000008
  se | 4000057520000003 | 4000057520000011 | 4000057520000029 | 5555057520000009
  cz | 4000052030000007 | 4000052030000015 | 4000052030000023 | 5555052030000003
  hu | 4000053480000000 | 4000053480000018 | 4000053480000026 | 5555053480000006
  pl | 4000056160000000 | 4000056160000018 | 4000056160000026 | 5555056160000006
  ro | 4000056420000030 | 4000056420000014 | 4000056420000022 | 5555056420000002
`);
const names = (country: string) => [
  `tok_visa_debit_${country}_transferSuccess`,
  `tok_visa_debit_${country}_transferFail`,
  `tok_visa_debit_${country}_instantPayoutUnsupported`,
  `tok_mastercard_debit_${country}_transferSuccess`,
];

/** The bank accounts of the same page, with the code a payout comes back with. */
const banks = rowsOf(`
  000123456789 | btok_us                    |
  000123456789 | btok_us_verified           |
  000111111116 | btok_us_noAccount          | no_account
  000111111113 | btok_us_accountClosed      | account_closed
  000222222227 | btok_us_insufficientFunds  | insufficient_funds
  000333333335 | btok_us_debitNotAuthorized | debit_not_authorized
  000444444440 | btok_us_invalidCurrency    | invalid_currency
`);

const days = (name: string, count: number) =>
  sandbox.admin("/clock", { advance_seconds: count * 86_400 }, name);

async function withMoney(name: string) {
  const account = await readyAccount(sandbox, name);
  const stripe = sandbox.client(name, { stripeAccount: account });
  await stripe.balanceSettings.update({
    payments: { payouts: { schedule: { interval: "manual" } } },
  });
  const fund = (currency: string, amount = 900_000) =>
    stripe.paymentIntents.create({
      ...{ amount, currency, payment_method: "pm_card_bypassPending", confirm: true },
    });
  const add = (external_account: string) =>
    stripe.accounts.createExternalAccount(account, { external_account });
  const send = async (destination: string, currency: string) =>
    (await stripe.payouts.create({ amount: 50_000, currency, destination })).id;
  const endOf = async (id: string) => {
    const { status, failure_code: code } = await stripe.payouts.retrieve(id);
    return [status, code];
  };
  const pay = async (destination: string, currency: string) => {
    const id = await send(destination, currency);
    await days(name, 3);
    return endOf(id);
  };
  return { account, add, endOf, fund, pay, send, stripe };
}

test.each(cards.map(([country = "", ...numbers]) => ({ country, numbers })))(
  "every debit card of $country is paid out to as its table says",
  async ({ country, numbers }) => {
    const world = `cards_${country}`;
    const { add, endOf, fund, send, stripe } = await withMoney(world);
    const sent: { id: string; name: string }[] = [];
    for (const [place, name] of names(country).entries()) {
      const made = (await add(name)) as Stripe.Card;
      const isMastercard = name.startsWith("tok_mastercard");
      expect(made, name).toMatchObject({
        ...{ object: "card", funding: "debit", country: country.toUpperCase() },
        ...{ brand: isMastercard ? "MasterCard" : "Visa", last4: numbers[place]?.slice(-4) },
      });
      const typed = await stripe.tokens.create({
        card: { number: numbers[place] ?? "", exp_month: "12", exp_year: "2040", cvc: "123" },
      });
      expect(typed.card, numbers[place]).toMatchObject({ last4: made.last4, funding: "debit" });
      const currency = made.currency ?? "";
      if (place === 0) await fund(currency);
      const isSlow = name.endsWith("instantPayoutUnsupported");
      expect(made.available_payout_methods?.includes("instant"), name).toBe(!isSlow);
      if (isSlow) {
        const atOnce = { amount: 1000, currency, method: "instant" as const };
        const error = await stripe.payouts
          .create({ ...atOnce, destination: made.id })
          .catch(failure);
        expect(error, name).toMatchObject({ code: "instant_payouts_unsupported" });
      }
      sent.push({ id: await send(made.id, currency), name });
    }
    await days(world, 3);
    for (const { id, name } of sent) {
      const fails = name.endsWith("transferFail");
      const ended = fails ? ["failed", "could_not_process"] : ["paid", null];
      expect(await endOf(id), name).toEqual(ended);
    }
  },
);

test("a Discover card is paid out to, and a credit card is not", async () => {
  const { add } = await withMoney("credit");
  expect(await add("tok_discover_debit_us_transferSuccess")).toMatchObject({ brand: "Discover" });
  for (const name of ["tok_visa_credit_au", "tok_visa_credit_ae", "tok_visa", "tok_amex"]) {
    const error = await add(name).catch(failure);
    expect(error, name).toMatchObject({ statusCode: 400, code: "invalid_card_type" });
  }
});

test("every test bank account is paid out to as its table says, by its number and its name", async () => {
  for (const [place, [number = "", name = "", code = ""]] of banks.entries()) {
    const world = `bank${place}`;
    const { account, add, fund, pay, stripe } = await withMoney(world);
    await fund("usd");
    const typed = await stripe.accounts.createExternalAccount(account, {
      external_account: {
        ...{ object: "bank_account", account_number: number, country: "US", currency: "usd" },
        routing_number: "110000000",
      } as unknown as string,
    });
    const ended = code === "" ? ["paid", null] : ["failed", code];
    expect(await pay(typed.id, "usd"), number).toEqual(ended);
    expect(await pay((await add(name)).id, "usd"), name).toEqual(ended);
  }
});

test("the bank account that takes nothing at once refuses an instant payout", async () => {
  const { account, fund, pay, stripe } = await withMoney("slow");
  await fund("usd");
  const { id } = await stripe.accounts.createExternalAccount(account, {
    external_account: {
      ...{ object: "bank_account", account_number: "000888888883", country: "US" },
      ...{ currency: "usd", routing_number: "110000000" },
    } as unknown as string,
  });
  const sent = { amount: 1000, currency: "usd", method: "instant" as const, destination: id };
  expect(await stripe.payouts.create(sent).catch(failure)).toMatchObject({
    ...{ statusCode: 400, code: "instant_payouts_unsupported" },
  });
  expect(await pay(id, "usd")).toEqual(["paid", null]);
});
