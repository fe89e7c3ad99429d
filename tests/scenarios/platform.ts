import type Stripe from "stripe";
import { mine, monthly, payer, refusalOf, type Scenario } from "#tests/scenarios/scenario";

/** Stories of the API itself and of Stripe's pages. */
export const platform: Record<string, Scenario> = {
  "a key does the work once": {
    run: async ({ stripe }) => {
      const idempotencyKey = `scenario-${Date.now()}-${Math.floor(performance.now() * 1000)}`;
      const params = { name: `${mine}: once`, metadata: { scenario: idempotencyKey } };
      const first = await stripe.customers.create(params, { idempotencyKey });
      const again = await stripe.customers.create(params, { idempotencyKey });
      const other = stripe.customers.create({ name: `${mine}: twice` }, { idempotencyKey });
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
  "a customer is led to their own portal": {
    run: async ({ stripe }) => {
      const customer = await payer(stripe, "pm_card_visa");
      const price = await monthly(stripe, 2_000);
      const made = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
      const configuration = await stripe.billingPortal.configurations.create({
        business_profile: { headline: mine },
        features: {
          invoice_history: { enabled: true },
          subscription_cancel: { enabled: true, mode: "at_period_end" },
        },
      });
      const return_url = "https://example.com/account";
      const shown = { customer, return_url, configuration: configuration.id };
      const session = await stripe.billingPortal.sessions.create(shown);
      const ending = await stripe.billingPortal.sessions.create({
        ...shown,
        flow_data: { type: "subscription_cancel", subscription_cancel: { subscription: made.id } },
      });
      const retired = await stripe.billingPortal.configurations.update(configuration.id, {
        active: false,
      });
      const nobody = stripe.billingPortal.sessions.create({ ...shown, customer: "cus_nobody" });
      return {
        ...{ hasPage: URL.canParse(session.url), back: session.return_url },
        ...{ isFor: session.customer === customer, flow: ending.flow?.type },
        ...{ mode: configuration.features.subscription_cancel.mode, active: retired.active },
        nobody: await refusalOf(nobody),
      };
    },
    expected: {
      ...{ hasPage: true, back: "https://example.com/account", isFor: true },
      ...{ flow: "subscription_cancel", mode: "at_period_end", active: false },
      nobody: {
        ...{ status: 400, type: "invalid_request_error", code: "resource_missing" },
        param: "customer",
      },
    },
  },
  "a checkout page knows what it sells, and to whom": {
    run: async ({ stripe }) => {
      const customer = await payer(stripe, "pm_card_visa");
      const price = await monthly(stripe, 2_000);
      const coupon = await stripe.coupons.create({
        ...{ name: mine, percent_off: 25, duration: "once" },
      });
      const made = await stripe.checkout.sessions.create({
        ...{ mode: "subscription", customer, success_url: "https://example.com/done" },
        line_items: [{ price: price.id, quantity: 3 }],
        discounts: [{ coupon: coupon.id }],
        client_reference_id: "order-7",
      });
      const lines = await stripe.checkout.sessions.listLineItems(made.id);
      await stripe.checkout.sessions.expire(made.id);
      return {
        ...{ status: made.status, paid: made.payment_status, reference: made.client_reference_id },
        ...{ subtotal: made.amount_subtotal, total: made.amount_total },
        subscription: made.subscription,
        lines: lines.data.map((line) => [line.quantity, line.amount_subtotal, line.amount_total]),
      };
    },
    expected: {
      ...{ status: "open", paid: "unpaid", reference: "order-7", subtotal: 6_000, total: 4_500 },
      ...{ subscription: null, lines: [[3, 6_000, 4_500]] },
    },
  },
  "a file is linked to, until its link is put out of use": {
    run: async ({ stripe }) => {
      const data = Buffer.from("a receipt");
      const { id } = await stripe.files.create({
        ...{ purpose: "dispute_evidence", file: { data, name: "a.png", type: "image/png" } },
      });
      const link = await stripe.fileLinks.create({ file: id });
      const over = await stripe.fileLinks.update(link.id, { expires_at: "now" });
      const nothing = await refusalOf(stripe.fileLinks.create({ file: "file_nothing" }));
      return {
        ...{ isOf: link.file === id, hasUrl: link.url !== null, expired: link.expired },
        ...{ over: over.expired, nothing: nothing.code },
      };
    },
    expected: {
      ...{ isOf: true, hasUrl: true, expired: false, over: true, nothing: "resource_missing" },
    },
  },
};
