import { mine, monthly, payer, type Scenario, underClock } from "#tests/scenarios/scenario";

const day = 86_400;

/** Stories of subscriptions and invoices, some of them over months of a test clock's time. */
export const billing: Record<string, Scenario> = {
  "a subscription begins, grows in its first second, and is to end with its period": {
    run: async ({ stripe }) => {
      const customer = await payer(stripe, "pm_card_visa");
      const [small, large] = [await monthly(stripe, 2_000), await monthly(stripe, 5_000)];
      const made = await stripe.subscriptions.create({ customer, items: [{ price: small.id }] });
      const first = await stripe.invoices.retrieve(String(made.latest_invoice));
      const ending = await stripe.subscriptions.update(made.id, { cancel_at_period_end: true });
      const stays = await stripe.subscriptions.update(made.id, { cancel_at_period_end: false });
      await stripe.subscriptions.update(made.id, {
        items: [{ id: made.items.data[0]!.id, price: large.id }],
        proration_behavior: "none",
      });
      const grown = await stripe.subscriptions.retrieve(made.id);
      const canceled = await stripe.subscriptions.cancel(made.id);
      return {
        ...{ status: made.status, invoice: first.status, reason: first.billing_reason },
        ...{ paid: first.amount_paid, ends: ending.cancel_at !== null, stays: stays.cancel_at },
        ...{ price: grown.items.data[0]!.price.unit_amount, canceled: canceled.status },
      };
    },
    expected: {
      ...{ status: "active", invoice: "paid", reason: "subscription_create", paid: 2_000 },
      ...{ ends: true, stays: null, price: 5_000, canceled: "canceled" },
    },
  },
  "seats are added half-way, and each side of the change is billed": {
    run: (target) =>
      underClock(target, async (clock, advance) => {
        const { stripe } = target;
        const customer = await payer(stripe, "pm_card_visa", clock);
        const price = await monthly(stripe, 3_000);
        const made = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
        const [item] = made.items.data;
        const { id, current_period_start: start, current_period_end: end } = item!;
        await advance((end - start) / 2);
        const grown = await stripe.subscriptions.update(made.id, {
          ...{ items: [{ id, quantity: 2 }], proration_behavior: "always_invoice" },
        });
        const bill = await stripe.invoices.retrieve(String(grown.latest_invoice));
        await stripe.subscriptions.update(made.id, {
          ...{ items: [{ id, quantity: 3 }], proration_behavior: "create_prorations" },
        });
        const { data } = await stripe.invoiceItems.list({ customer, pending: true });
        return {
          ...{ reason: bill.billing_reason, status: bill.status, total: bill.total },
          billed: bill.lines.data.map(({ amount }) => amount).sort((a, b) => a - b),
          waiting: data.map(({ amount }) => amount).sort((a, b) => a - b),
        };
      }),
    expected: {
      ...{ reason: "subscription_update", status: "paid", total: 1_500 },
      ...{ billed: [-1_500, 3_000], waiting: [-3_000, 4_500] },
    },
  },
  "an invoice is paid in two parts": {
    run: async ({ stripe, until }) => {
      const customer = await payer(stripe, "pm_card_visa");
      await stripe.invoiceItems.create({ customer, amount: 5_000, currency: "usd" });
      const include = "include" as const;
      const draft = await stripe.invoices.create({
        ...{ customer, pending_invoice_items_behavior: include, auto_advance: false },
      });
      const { id } = await stripe.invoices.finalizeInvoice(draft.id);
      const part = await stripe.paymentIntents.create({
        ...{ amount: 2_000, currency: "usd", customer, payment_method: "pm_card_visa" },
        ...{ confirm: true, off_session: true },
      });
      await stripe.invoices.attachPayment(id, { payment_intent: part.id });
      const half = await until(
        "the part to count",
        () => stripe.invoices.retrieve(id),
        ({ amount_paid: paid }) => paid > 0,
      );
      const whole = await stripe.invoices.pay(id);
      const { data } = await stripe.invoicePayments.list({ invoice: id, status: "paid" });
      return {
        ...{ half: half.status, paid: half.amount_paid, left: half.amount_remaining },
        ...{ whole: whole.status, end: whole.amount_remaining },
        parts: data.map(({ amount_paid: paid }) => paid).sort(),
      };
    },
    expected: {
      ...{ half: "open", paid: 2_000, left: 3_000, whole: "paid", end: 0 },
      parts: [2_000, 3_000],
    },
  },
  "a trial ends and bills": {
    run: (target) =>
      underClock(target, async (clock, advance) => {
        const { stripe } = target;
        const customer = await payer(stripe, "pm_card_visa", clock);
        const price = await monthly(stripe, 3_000);
        const items = [{ price: price.id }];
        const made = await stripe.subscriptions.create({ customer, items, trial_period_days: 7 });
        await advance(7 * day + 3 * 3_600);
        const { status } = await stripe.subscriptions.retrieve(made.id);
        const { data } = await stripe.invoices.list({ subscription: made.id });
        const bills = data.map((invoice) => [invoice.status, invoice.total]);
        return { before: made.status, after: status, bills };
      }),
    expected: {
      ...{ before: "trialing", after: "active" },
      bills: [
        ["paid", 3_000],
        ["paid", 0],
      ],
    },
  },
  "a renewal fails and is past due": {
    run: (target) =>
      underClock(target, async (clock, advance) => {
        const { stripe } = target;
        const customer = await payer(stripe, "pm_card_visa", clock);
        const price = await monthly(stripe, 3_000);
        const made = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
        const bad = await stripe.paymentMethods.attach("pm_card_chargeCustomerFail", { customer });
        await stripe.subscriptions.update(made.id, { default_payment_method: bad.id });
        await advance(32 * day);
        const now = await stripe.subscriptions.retrieve(made.id);
        const open = await stripe.invoices.retrieve(String(now.latest_invoice));
        const good = await stripe.paymentMethods.attach("pm_card_visa", { customer });
        const paid = await stripe.invoices.pay(open.id, { payment_method: good.id });
        const after = await stripe.subscriptions.retrieve(made.id);
        return {
          ...{ status: now.status, invoice: open.status, hasTried: open.attempt_count > 0 },
          ...{ paid: paid.status, after: after.status },
        };
      }),
    expected: {
      ...{ status: "past_due", invoice: "open", hasTried: true, paid: "paid", after: "active" },
    },
  },
  "an invoice is drawn up, paid and credited": {
    run: async ({ stripe }) => {
      const customer = await payer(stripe, "pm_card_visa");
      await stripe.invoiceItems.create({ customer, amount: 5_000, currency: "usd" });
      const include = "include" as const;
      const draft = await stripe.invoices.create({
        ...{ customer, pending_invoice_items_behavior: include },
      });
      const open = await stripe.invoices.finalizeInvoice(draft.id);
      const note = await stripe.creditNotes.create({ invoice: open.id, amount: 1_000 });
      const paid = await stripe.invoices.pay(open.id);
      return {
        ...{ draft: draft.status, open: open.status, numbered: open.number !== null },
        ...{ credited: note.amount, paid: paid.status, amount: paid.amount_paid },
      };
    },
    expected: {
      ...{ draft: "draft", open: "open", numbered: true, credited: 1_000 },
      ...{ paid: "paid", amount: 4_000 },
    },
  },
  "an amount off is shared over the lines to the cent": {
    run: async ({ stripe }) => {
      const customer = await payer(stripe, "pm_card_visa");
      const coupon = await stripe.coupons.create({
        ...{ name: mine, amount_off: 500, currency: "usd", duration: "once" },
      });
      for (const amount of [1_000, 2_000]) {
        await stripe.invoiceItems.create({ customer, amount, currency: "usd" });
      }
      const include = "include" as const;
      const draft = await stripe.invoices.create({
        ...{ customer, pending_invoice_items_behavior: include },
        discounts: [{ coupon: coupon.id }],
      });
      const shares = draft.lines.data.map((line) => [
        line.amount,
        line.discount_amounts?.[0]?.amount,
      ]);
      return { total: draft.total, shares: shares.sort() };
    },
    expected: {
      total: 2_500,
      shares: [
        [1_000, 166],
        [2_000, 334],
      ],
    },
  },
  "a tiered price is billed for what was used": {
    run: (target) =>
      underClock(target, async (clock, advance) => {
        const { stripe } = target;
        const customer = await payer(stripe, "pm_card_visa", clock);
        const event_name = `scenario_${clock.slice(-12).toLowerCase()}`;
        const meter = await stripe.billing.meters.create({
          ...{ display_name: "Scenario", event_name, default_aggregation: { formula: "sum" } },
        });
        const price = await stripe.prices.create({
          ...{ currency: "usd", billing_scheme: "tiered", tiers_mode: "graduated" },
          recurring: { interval: "month", usage_type: "metered", meter: meter.id },
          tiers: [
            { up_to: 10, unit_amount: 100 },
            { up_to: "inf", unit_amount: 50 },
          ],
          product_data: { name: mine },
        });
        const made = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
        const payload = { stripe_customer_id: customer, value: "14" };
        await stripe.billing.meterEvents.create({ event_name, payload });
        await target.until(
          "the usage to be counted",
          () => stripe.billing.meters.listEventSummaries(meter.id, summaryOf(customer)),
          (list) => list.data.some(({ aggregated_value: value }) => value === 14),
        );
        await advance(32 * day);
        const { data } = await stripe.invoices.list({ subscription: made.id });
        return { totals: data.map(({ total }) => total).filter((total) => total > 0) };
      }),
    expected: { totals: [1_200] },
  },
};

/** The day around now, on whole hours as summaries want them. */
function summaryOf(customer: string) {
  const hour = Math.floor(Date.now() / 3_600_000) * 3_600;
  return { customer, start_time: hour - 12 * 3_600, end_time: hour + 12 * 3_600 };
}
