import type Stripe from "stripe";
import { payer, refusalOf, type Scenario } from "#tests/scenarios/scenario";
import type { Target } from "#tests/scenarios/target";

/** Stories of the API itself, of Stripe's pages, and of accounts that money is passed on to. */
export const platform: Record<string, Scenario> = {
  "a key does the work once": {
    run: async ({ stripe }) => {
      const idempotencyKey = `scenario-${Date.now()}-${Math.floor(performance.now() * 1000)}`;
      const params = { name: "Once", metadata: { scenario: idempotencyKey } };
      const first = await stripe.customers.create(params, { idempotencyKey });
      const again = await stripe.customers.create(params, { idempotencyKey });
      const other = stripe.customers.create({ name: "Twice" }, { idempotencyKey });
      return { isSame: again.id === first.id, other: await refusalOf(other) };
    },
    expected: { isSame: true, other: { status: 400, type: "idempotency_error" } },
  },
  "lists page both ways, newest first, and expand": {
    run: async ({ stripe }) => {
      const customer = await payer(stripe, "pm_card_visa");
      for (const amount of [100, 200, 300]) {
        await stripe.invoiceItems.create({ customer, amount, currency: "usd" });
      }
      const amounts = ({ data }: Stripe.ApiList<Stripe.InvoiceItem>) =>
        data.map(({ amount }) => amount);
      const first = await stripe.invoiceItems.list({ customer, limit: 2 });
      const last = first.data.at(-1)!.id;
      const next = await stripe.invoiceItems.list({ customer, limit: 2, starting_after: last });
      const back = next.data[0]!.id;
      const before = await stripe.invoiceItems.list({ customer, limit: 2, ending_before: back });
      const expand = ["data.customer"];
      const [whole] = (await stripe.invoiceItems.list({ customer, limit: 1, expand })).data;
      return {
        ...{ first: amounts(first), more: first.has_more, next: amounts(next) },
        ...{ end: next.has_more, before: amounts(before) },
        expanded: (whole?.customer as { object?: string } | undefined)?.object,
      };
    },
    expected: {
      ...{ first: [300, 200], more: true, next: [100], end: false, before: [300, 200] },
      expanded: "customer",
    },
  },
  "what is wrong is named": {
    run: async ({ stripe }) => ({
      unknown: await refusalOf(stripe.customers.create({ nme: "x" } as object)),
      missing: await refusalOf(stripe.products.create({} as Stripe.ProductCreateParams)),
      nobody: await refusalOf(stripe.customers.retrieve("cus_doesnotexist")),
      small: await refusalOf(stripe.paymentIntents.create({ amount: 10, currency: "usd" })),
    }),
    expected: {
      unknown: {
        ...{ status: 400, type: "invalid_request_error", code: "parameter_unknown" },
        param: "nme",
      },
      missing: {
        ...{ status: 400, type: "invalid_request_error", code: "parameter_missing" },
        param: "name",
      },
      nobody: {
        ...{ status: 404, type: "invalid_request_error", code: "resource_missing" },
        param: "id",
      },
      small: {
        ...{ status: 400, type: "invalid_request_error", code: "amount_too_small" },
        param: "amount",
      },
    },
  },
  "a checkout page opens and closes": {
    run: async ({ stripe }) => {
      const made = await stripe.checkout.sessions.create({
        ...{ mode: "payment", success_url: "https://example.com/done" },
        line_items: [
          {
            quantity: 2,
            price_data: {
              ...{ currency: "usd", unit_amount: 750, product_data: { name: "Two of them" } },
            },
          },
        ],
      });
      const closed = await stripe.checkout.sessions.expire(made.id);
      const again = await refusalOf(stripe.checkout.sessions.expire(made.id));
      return {
        ...{ open: made.status, total: made.amount_total, hasPage: made.url !== null },
        ...{ closed: closed.status, page: closed.url, again: again.status },
      };
    },
    expected: {
      ...{ open: "open", total: 1_500, hasPage: true, closed: "expired", page: null, again: 400 },
    },
  },
  "money is passed on, less the platform's share, and comes back with a refund": {
    run: async ({ stripe, until }) => {
      const { data } = await stripe.accounts.list({ limit: 20 });
      const able = ({ capabilities }: Stripe.Account) => capabilities?.transfers === "active";
      const shop = data.find(able) ?? (await openShop(stripe, until));
      const intent = await stripe.paymentIntents.create({
        ...{ amount: 10_000, currency: "usd", payment_method: "pm_card_visa", confirm: true },
        automatic_payment_methods: { enabled: true, allow_redirects: "never" },
        ...{ application_fee_amount: 1_000, transfer_data: { destination: shop.id } },
      });
      const expand = ["transfer", "application_fee"];
      const charge = await stripe.charges.retrieve(String(intent.latest_charge), { expand });
      await stripe.refunds.create({
        ...{ payment_intent: intent.id, reverse_transfer: true, refund_application_fee: true },
      });
      const back = await stripe.charges.retrieve(charge.id, { expand });
      const moved = ({ transfer, application_fee: fee }: Stripe.Charge) => [
        (transfer as Stripe.Transfer).amount,
        (transfer as Stripe.Transfer).amount_reversed,
        (fee as Stripe.ApplicationFee).amount,
        (fee as Stripe.ApplicationFee).amount_refunded,
      ];
      return { paid: moved(charge), after: moved(back) };
    },
    expected: { paid: [10_000, 0, 1_000, 0], after: [10_000, 10_000, 1_000, 1_000] },
  },
};

/** An account that may be paid. On the real Stripe one must have been onboarded by hand. */
async function openShop(stripe: Stripe, until: Target["until"]): Promise<{ id: string }> {
  const { id } = await stripe.v2.core.accounts.create({
    ...{ display_name: "Lockstep scenario", dashboard: "none", identity: { country: "us" } },
    defaults: {
      responsibilities: { fees_collector: "application", losses_collector: "application" },
    },
    configuration: {
      recipient: { capabilities: { stripe_balance: { stripe_transfers: { requested: true } } } },
    },
  });
  const link = await stripe.v2.core.accountLinks.create({
    account: id,
    use_case: {
      type: "account_onboarding",
      account_onboarding: {
        refresh_url: "https://example.com/again",
        return_url: "https://example.com/back",
      },
    },
  });
  const isLocal = new URL(link.url).hostname === "127.0.0.1";
  if (!isLocal) throw new Error(`Onboard an account of this test key first: ${link.url}`);
  await fetch(link.url);
  const body = new URLSearchParams({ answer: "complete" });
  await fetch(link.url, { method: "POST", body, redirect: "manual" });
  const isAble = ({ capabilities }: Stripe.Account) => capabilities?.transfers === "active";
  return until("the account to be able to be paid", () => stripe.accounts.retrieve(id), isAble);
}
