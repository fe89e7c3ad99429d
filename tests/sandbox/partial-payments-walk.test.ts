import fc from "fast-check";
import Stripe from "stripe";
import { expect, test } from "vitest";
import { payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const whole = 10_000;

/** An open invoice, and what was attached to it. */
interface Walk {
  stripe: Stripe;
  customer: string;
  invoice: string;
  attached: string[];
}
type Pick = (below: number) => number;

const raisable = {
  payment_method_options: { card: { request_incremental_authorization: "if_available" as const } },
};
const one = (of: readonly string[], pick: Pick): string => of[pick(of.length)] ?? "pi_none";

async function attach(walk: Walk, amount: number, more: object): Promise<void> {
  const { stripe, customer, invoice } = walk;
  const intent = await stripe.paymentIntents.create({
    ...{ amount, currency: "usd", customer, ...more },
  });
  await stripe.invoices.attachPayment(invoice, { payment_intent: intent.id });
  walk.attached.push(intent.id);
}

/** Everything that moves an invoice toward its end, with amounts of the walk's choosing. */
const steps: Record<string, (walk: Walk, pick: Pick) => Promise<unknown>> = {
  attachOpen: (walk, pick) => attach(walk, 50 + pick(whole), {}),
  attachPaid: (walk, pick) =>
    attach(walk, 50 + pick(4_000), { payment_method: "pm_card_visa", confirm: true }),
  attachHeld: (walk, pick) =>
    attach(walk, 50 + pick(4_000), {
      ...{ payment_method: "pm_card_visa", confirm: true, capture_method: "manual", ...raisable },
    }),
  confirm: ({ stripe, attached }, pick) =>
    stripe.paymentIntents.confirm(one(attached, pick), {
      payment_method: pick(3) === 0 ? "pm_card_chargeDeclined" : "pm_card_visa",
    }),
  change: ({ stripe, attached }, pick) =>
    stripe.paymentIntents.update(one(attached, pick), { amount: 50 + pick(whole) }),
  raise: async ({ stripe, attached }, pick) => {
    const held = await stripe.paymentIntents.retrieve(one(attached, pick));
    const amount = held.amount + 1 + pick(3_000);
    await stripe.paymentIntents.incrementAuthorization(held.id, { amount });
  },
  capture: async ({ stripe, attached }, pick) => {
    const held = await stripe.paymentIntents.retrieve(one(attached, pick));
    const amount_to_capture = 1 + pick(held.amount);
    await stripe.paymentIntents.capture(held.id, { amount_to_capture });
  },
  cancel: ({ stripe, attached }, pick) => stripe.paymentIntents.cancel(one(attached, pick)),
  credit: ({ stripe, invoice }, pick) =>
    stripe.creditNotes.create({ invoice, amount: 1 + pick(3_000) }),
  pay: ({ stripe, invoice }, pick) =>
    stripe.invoices.pay(invoice, pick(4) === 0 ? { paid_out_of_band: true } : {}),
  giveUp: ({ stripe, invoice }) => stripe.invoices.voidInvoice(invoice),
};

/** What is paid, what is left and what was too much agree with the payments, and with the default. */
async function checkInvoice({ stripe, customer, invoice: id }: Walk, outOfBand: number) {
  const invoice = await stripe.invoices.retrieve(id, { expand: ["payments"] });
  const payments = invoice.payments?.data ?? [];
  const paid = payments.reduce((sum, payment) => sum + (payment.amount_paid ?? 0), 0);
  expect(invoice.amount_paid + invoice.amount_overpaid).toBe(paid + outOfBand);
  if (invoice.status !== "void") {
    expect(invoice.amount_paid + invoice.amount_remaining).toBe(invoice.amount_due);
    expect(invoice.amount_due + invoice.pre_payment_credit_notes_amount).toBe(whole);
  }
  expect(invoice.status === "open").toBe(invoice.amount_remaining > 0 && invoice.status !== "void");
  const { balance } = (await stripe.customers.retrieve(customer)) as Stripe.Customer;
  expect(balance + invoice.amount_overpaid).toBe(0);

  const open = payments.filter(({ status }) => status === "open");
  for (const payment of open) {
    const intent = await stripe.paymentIntents.retrieve(String(payment.payment.payment_intent));
    expect(intent.amount).toBe(payment.amount_requested);
    expect(["succeeded", "canceled"]).not.toContain(intent.status);
    if (payment.is_default) expect(payment.amount_requested).toBe(invoice.amount_remaining);
  }
  expect(open.some(({ is_default }) => is_default)).toBe(invoice.status === "open");
}

let walks = 0;
const step = fc.record({
  name: fc.constantFrom(...Object.keys(steps)),
  draws: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
});

async function begin(): Promise<Walk> {
  walks += 1;
  const stripe = sandbox.client(`walk${walks}`);
  const { id: customer } = await payingCustomer(stripe);
  await stripe.invoiceItems.create({ customer, amount: whole, currency: "usd" });
  const include = "include" as const;
  const draft = await stripe.invoices.create({
    ...{ customer, pending_invoice_items_behavior: include, auto_advance: false },
  });
  await stripe.invoices.finalizeInvoice(draft.id);
  return { stripe, customer, invoice: draft.id, attached: [] };
}

test("however an invoice is paid in parts, what is paid, left and credited adds up", async () => {
  const taken = { done: 0, refused: 0 };
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 16 }), async (path) => {
      const walk = await begin();
      let outOfBand = 0;
      for (const { name, draws } of path) {
        let draw = 0;
        const pick: Pick = (below) =>
          below === 0 ? 0 : (draws[draw++ % draws.length] ?? 0) % below;
        const before = await walk.stripe.invoices.retrieve(walk.invoice);
        try {
          await steps[name]?.(walk, pick);
          const isElsewhere = name === "pay" && (draws[0] ?? 0) % 4 === 0;
          if (isElsewhere) outOfBand += before.amount_remaining;
          taken.done += 1;
        } catch (error) {
          // A refusal is an answer; a failure of the server is not.
          if (!(error instanceof Stripe.errors.StripeError) || (error.statusCode ?? 500) >= 500) {
            throw error;
          }
          taken.refused += 1;
        }
        await checkInvoice(walk, outOfBand);
      }
    }),
    { numRuns: 40, seed: 20_261_121, endOnFailure: true },
  );
  expect(taken.done).toBeGreaterThan(100);
}, 120_000);
