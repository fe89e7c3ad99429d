import type Stripe from "stripe";
import { beforeAll, expect, test } from "vitest";
import {
  monthlyPrice,
  payingCustomer,
  readyAccount,
  type TestStripe,
  withSandbox,
} from "#tests/sandbox/with-sandbox";

/** Ids by the names that rows use for them: `{paid}` is a paid invoice. */
type Ids = Record<string, string>;

/** A request that is refused, and in which words. */
export interface Refused {
  /** `POST /v1/invoices/{paid}/pay`; what stands in braces is an id of the world. */
  ask: string;
  sent?: Record<string, unknown> | string;
  headers?: Record<string, string>;
  status: number;
  type?: string;
  code?: string;
  param?: string;
  /** What the message must say: which thing it is about, and what is wrong with it. */
  says: RegExp;
}

/** A world where one of everything is, in the states that rows want to change. */
async function makeWorld(sandbox: TestStripe, name: string): Promise<Ids> {
  const stripe = sandbox.client(name);
  const { id: customer } = await payingCustomer(stripe);
  return {
    customer,
    ...(await invoicesOf(stripe, customer)),
    ...(await subscriptionsOf(stripe, customer)),
    ...(await paymentsOf(stripe, customer)),
    ...(await restOf(sandbox, name, customer)),
  };
}

async function invoicesOf(stripe: Stripe, customer: string): Promise<Ids> {
  const make = async () => {
    await stripe.invoiceItems.create({ customer, amount: 5000, currency: "usd" });
    return stripe.invoices.create({ customer, pending_invoice_items_behavior: "include" });
  };
  const [draft, open, paid, voided] = [await make(), await make(), await make(), await make()];
  await stripe.invoices.finalizeInvoice(open.id);
  await stripe.invoices.pay(paid.id);
  await stripe.invoices.finalizeInvoice(voided.id);
  await stripe.invoices.voidInvoice(voided.id);
  const note = await stripe.creditNotes.create({ invoice: open.id, amount: 100 });
  await stripe.creditNotes.voidCreditNote(note.id);
  return {
    ...{ draft: draft.id, open: open.id, paid: paid.id, voided: voided.id, voidNote: note.id },
  };
}

async function subscriptionsOf(stripe: Stripe, customer: string): Promise<Ids> {
  const price = await monthlyPrice(stripe, 2000);
  const items = [{ price: price.id }];
  const active = await stripe.subscriptions.create({ customer, items });
  const ended = await stripe.subscriptions.create({ customer, items });
  await stripe.subscriptions.cancel(ended.id);
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: active.id });
  const released = await stripe.subscriptionSchedules.release(schedule.id);
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: "once" });
  return {
    ...{ price: price.id, product: String(price.product), active: active.id, ended: ended.id },
    ...{ item: active.items.data[0]?.id ?? "", released: released.id, coupon: coupon.id },
  };
}

async function paymentsOf(stripe: Stripe, customer: string): Promise<Ids> {
  const pay = (payment_method: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
    stripe.paymentIntents.create({
      ...{ amount: 2000, currency: "usd", payment_method, confirm: true, ...more },
    });
  const succeeded = await pay("pm_card_visa");
  const held = await pay("pm_card_visa", { capture_method: "manual" });
  const canceled = await pay("pm_card_visa", { capture_method: "manual" });
  await stripe.paymentIntents.cancel(canceled.id);
  const refunded = await pay("pm_card_bypassPending");
  const refund = await stripe.refunds.create({ payment_intent: refunded.id });
  const disputed = await pay("pm_card_createDispute");
  const dispute = (await stripe.disputes.list()).data[0]?.id ?? "";
  const lost = await pay("pm_card_createDispute");
  const [other] = (await stripe.disputes.list()).data;
  await stripe.disputes.close(other?.id ?? "");
  const setup = await stripe.setupIntents.create({
    ...{ customer, payment_method: "pm_card_visa", confirm: true },
  });
  return {
    ...{ succeeded: succeeded.id, held: held.id, canceledIntent: canceled.id, setup: setup.id },
    ...{ refundedCharge: String(refunded.latest_charge), refund: refund.id },
    ...{ disputedCharge: String(disputed.latest_charge), dispute, lostDispute: other?.id ?? "" },
    ...{ heldCharge: String(held.latest_charge), lostCharge: String(lost.latest_charge) },
  };
}

async function restOf(sandbox: TestStripe, name: string, customer: string): Promise<Ids> {
  const stripe = sandbox.client(name);
  const account = await readyAccount(sandbox, name);
  const there = { stripeAccount: account };
  const theirs = await stripe.customers.create({ name: "Theirs" }, there);
  const session = await stripe.checkout.sessions.create({
    ...{ mode: "setup", customer, success_url: "https://a.test", currency: "usd" },
  });
  await stripe.checkout.sessions.expire(session.id);
  await stripe.paymentIntents.create({
    ...{ amount: 90_000, currency: "usd", payment_method: "pm_card_bypassPending", confirm: true },
  });
  const transfer = await stripe.transfers.create({
    ...{ amount: 1000, currency: "usd", destination: account },
  });
  await stripe.transfers.createReversal(transfer.id);
  const payout = await stripe.payouts
    .create({ amount: 0 + 100, currency: "usd" }, there)
    .catch(() => {
      return undefined;
    });
  const foreign = await sandbox.client(`${name}other`).customers.create({ name: "Elsewhere" });
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_800_000_000 });
  const meter = await stripe.billing.meters.create({
    ...{ display_name: "Calls", event_name: "calls", default_aggregation: { formula: "sum" } },
  });
  return {
    ...{ account, theirs: theirs.id, expired: session.id, reversed: transfer.id, clock: clock.id },
    ...{ foreign: foreign.id, meter: meter.id, payout: payout?.id ?? "po_none" },
  };
}

const watched = [
  ...["events", "customers", "invoices", "invoiceitems", "subscriptions?status=all", "charges"],
  ...["payment_intents", "refunds", "disputes", "transfers", "payouts", "balance_transactions"],
  ...["subscription_schedules", "coupons", "prices", "products", "balance"],
  ...["checkout/sessions", "credit_notes", "setup_intents"],
];

/** All that a world and its account hold, as text: a refusal must leave every letter of it. */
export async function readWorld(
  sandbox: TestStripe,
  name: string,
  accounts: readonly string[] = [],
): Promise<string> {
  const texts: string[] = [];
  for (const account of [undefined, ...accounts]) {
    for (const path of watched) {
      const joint = path.includes("?") ? "&" : "?";
      const query = path === "balance" ? "" : `${joint}limit=100`;
      const response = await fetch(`${sandbox.url}/v1/${path}${query}`, {
        headers: {
          authorization: `Bearer sk_test_${name}`,
          ...(account && { "stripe-account": account }),
        },
      });
      texts.push(await response.text());
    }
  }
  return texts.join("\n");
}

/** Asks, and holds the answer to the row. */
async function expectRefused(
  sandbox: TestStripe,
  name: string,
  ids: Ids,
  row: Refused,
): Promise<void> {
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (whole, word) => ids[word] ?? whole);
  const [method = "GET", path = ""] = fill(row.ask).split(" ");
  const { sent } = row;
  const isJson = path.startsWith("/v2");
  const body =
    sent === undefined || typeof sent === "string"
      ? sent && fill(sent)
      : fill(isJson ? JSON.stringify(sent) : formOf(sent));
  const type = isJson ? "application/json" : "application/x-www-form-urlencoded";
  const headers = Object.fromEntries(
    Object.entries(row.headers ?? {}).map(([header, value]) => [header, fill(value)]),
  );
  const response = await fetch(`${sandbox.url}${path}`, {
    method,
    headers: { authorization: `Bearer sk_test_${name}`, "content-type": type, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  const { error } = (await response.json()) as { error?: Stripe.StripeRawError };
  const found = {
    status: response.status,
    type: error?.type,
    code: error?.code,
    param: error?.param,
  };
  const { status, type: kind = "invalid_request_error", code, param } = row;
  expect({ ...found, says: error?.message }).toEqual({
    ...{ status, type: kind, code, param },
    says: expect.stringMatching(row.says),
  });
}

function formOf(sent: Record<string, unknown>, prefix = ""): string {
  return Object.entries(sent)
    .map(([name, value]) => {
      const path = prefix ? `${prefix}[${name}]` : name;
      const isInner = typeof value === "object" && value !== null;
      if (isInner) return formOf(value as Record<string, unknown>, path);
      // An id in braces stays readable, so that it is found and filled in.
      return `${encodeURIComponent(path)}=${encodeURIComponent(String(value)).replace(/^%7B(\w+)%7D$/, "{$1}")}`;
    })
    .join("&");
}

/** A test for each row: it is refused in these words, and not a letter of its world has changed. */
export function testRefusals(name: string, rows: readonly Refused[]): void {
  const sandbox = withSandbox();
  let ids: Ids;
  let before: string;
  beforeAll(async () => {
    ids = await makeWorld(sandbox, name);
    before = await readWorld(sandbox, name, [ids.account ?? ""]);
  });
  test.each(rows.map((row) => [row.ask, row.says.source, row] as const))(
    "%s is refused and changes nothing: %s",
    async (_ask, _says, row) => {
      await expectRefused(sandbox, name, ids, row);
      expect(await readWorld(sandbox, name, [ids.account ?? ""])).toBe(before);
    },
  );
}
