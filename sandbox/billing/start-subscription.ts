import { type AddedItem, addInvoiceItems } from "#sandbox/billing/added-items";
import { announce } from "#sandbox/billing/announce-subscription";
import { currentStart, elapsedLines } from "#sandbox/billing/backdate";
import { changeSubscription } from "#sandbox/billing/change-subscription";
import { collectInvoice } from "#sandbox/billing/collect-invoice";
import { type DiscountSent, giveDiscounts } from "#sandbox/billing/discounts";
import { draftInvoice } from "#sandbox/billing/draft-invoice";
import { finalizeInvoice } from "#sandbox/billing/finalize-invoice";
import { periodLines } from "#sandbox/billing/item-period";
import {
  addItem,
  intervalOf,
  itemsOf,
  type NewItem,
  noteDebit,
  scheduleBilling,
  scheduleNext,
} from "#sandbox/billing/items";
import {
  amountInAdvance,
  fullPrice,
  isMetered,
  type Line,
  licensedLines,
} from "#sandbox/billing/lines";
import { blankSubscription } from "#sandbox/billing/new-subscription";
import { pendingItems } from "#sandbox/billing/pending-items";
import type { Outcome } from "#sandbox/payments/intent-outcomes";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** What a subscription starts from. */
export interface StartInput {
  customer: Row<"customer">;
  items: NewItem[];
  /** What is billed once with the first invoice. */
  added?: readonly AddedItem[];
  discounts?: readonly DiscountSent[];
  currency: string;
  /** Charged for the first invoice. */
  method: Row<"payment_method"> | undefined;
  /** Kept on the subscription, if it was named for it. */
  defaultMethod: string | null;
  trialEnd: number | null;
  /** Whether it ends with its first period. */
  endsWithPeriod: boolean;
  /** Or with the first or the last of its items' periods. */
  endsAt?: "max_billed_until" | "max_period_end" | "min_period_end";
  anchor: number | undefined;
  /** Since when it runs, if it began before it is made. */
  startDate?: number;
  /** Whether a first period that is cut short costs its share: to the anchor nothing, to its end
   *  all of it, unless it does. */
  prorates?: boolean;
  fields: Partial<ObjectOf<"subscription">>;
  /** Whether the first invoice is collected now, or waits for its holder. */
  collects: boolean;
  session: { isOffSession: boolean; isAuthenticated: boolean };
}

/** How a subscription started. */
export interface Started {
  subscription: Row<"subscription">;
  invoice: Row<"invoice"> | undefined;
  outcome: Outcome | undefined;
}

const incompleteHours = 23;
const trialWarningDays = 3;

/** Starts a subscription: its items, its first invoice, its first payment. */
export function startSubscription(world: World, input: StartInput): Started {
  const { subscription, invoice } = openSubscription(world, input);
  const outcome = settleFirst(world, input, subscription, invoice);
  return { subscription, invoice, outcome };
}

/** Makes a subscription with its items, and drafts its first invoice. */
export function openSubscription(world: World, input: StartInput): Omit<Started, "outcome"> {
  const { customer, trialEnd } = input;
  const isTrial = trialEnd !== null;
  const row = world.insert(
    "subscription",
    {
      ...blankSubscription(world, customer.object, input.currency),
      ...input.fields,
      billing_cycle_anchor: trialEnd ?? input.anchor ?? input.startDate ?? world.now(),
      default_payment_method: input.defaultMethod,
      start_date: input.startDate ?? world.now(),
      status: isTrial ? "trialing" : "incomplete",
      trial_end: trialEnd,
      trial_start: isTrial ? world.now() : null,
    },
    { paymentFailures: 0 },
  );
  giveTo(world, row, customer.object, input);
  const items = input.items.map((item) => {
    const every = intervalOf(fullPrice(world, item.price));
    return addItem(world, row.object, item, trialEnd, currentStart(world, row.object, every));
  });
  if (input.endsWithPeriod || input.endsAt !== undefined) {
    const ends = items.map(({ object }) => object.current_period_end);
    const cancelAt = input.endsAt === "min_period_end" ? Math.min(...ends) : Math.max(...ends);
    const isAtEnd = input.endsWithPeriod;
    row.object = { ...row.object, cancel_at: cancelAt, cancel_at_period_end: isAtEnd };
    world.save(row);
  }
  announce(world, "customer.subscription.created", row.object);
  scheduleNext(world, row.object);
  scheduleBilling(world, row.object);
  if (isTrial) {
    const warnAt = Math.max(world.now(), trialEnd - trialWarningDays * 86_400);
    world.schedule("subscription.trial-will-end", row.object.id, warnAt);
  }

  return { subscription: row, invoice: firstInvoice(world, row, input) };
}

function giveTo(
  world: World,
  row: Row<"subscription">,
  customer: ObjectOf<"customer">,
  { discounts = [], currency, items }: StartInput,
): void {
  if (discounts.length === 0) return;
  const amount = items.reduce(
    (sum, { price, quantity }) =>
      sum + Number(amountInAdvance(world, price, quantity ?? 1, currency)),
    0,
  );
  const owner = {
    customer: customer.id,
    customer_account: customer.customer_account ?? null,
    subscription: row.object.id,
  };
  const use = { customer: customer.id, currency, amount };
  row.object = { ...row.object, discounts: giveDiscounts(world, discounts, owner, use) };
  world.save(row);
}

function firstInvoice(
  world: World,
  row: Row<"subscription">,
  input: StartInput,
): Row<"invoice"> | undefined {
  const lines = itemsOf(world, row.object.id).flatMap((item) =>
    firstLines(world, row.object, item, input),
  );
  addInvoiceItems(world, row.object, input.added ?? []);
  if (lines.length === 0 && pendingItems(world, row.object).length === 0) return undefined;
  const invoice = draftInvoice(world, {
    subscription: row.object,
    customer: input.customer.object,
    reason: "subscription_create",
    lines,
    period: { start: row.object.start_date, end: world.now() },
    takesPending: true,
  });
  row.object = { ...row.object, latest_invoice: invoice.object.id };
  world.save(row);
  return invoice;
}

function firstLines(
  world: World,
  subscription: ObjectOf<"subscription">,
  item: Row<"subscription_item">,
  { trialEnd, prorates = true }: StartInput,
): Line[] {
  const { object } = item;
  if (isMetered(object)) {
    return prorates && trialEnd === null ? elapsedLines(world, subscription, object) : [];
  }
  const period = { start: object.current_period_start, end: object.current_period_end };
  if (trialEnd !== null) return licensedLines(world, object, period, true);
  // What began before it was made, and is not to be paid for that, is free until its next period.
  const isBegun = object.current_period_start < world.now();
  if (isBegun && !prorates) return [];
  const lines = [
    ...elapsedLines(world, subscription, object),
    ...periodLines(world, subscription, object, { stub: prorates, end: prorates }),
  ];
  if (prorates || lines.some(({ amount }) => amount > 0)) noteDebit(world, item);
  if (prorates) return lines;
  const { paidUntil: _cut, ...whole } = item.hidden;
  item.hidden = whole;
  world.save(item);
  return lines;
}

function settleFirst(
  world: World,
  input: StartInput,
  row: Row<"subscription">,
  invoice: Row<"invoice"> | undefined,
): Outcome | undefined {
  const isSent = row.object.collection_method === "send_invoice";
  if (isSent || invoice === undefined) {
    if (isSent && invoice !== undefined) finalizeLater(world, invoice);
    if (row.object.status === "incomplete") changeSubscription(world, row, { status: "active" });
    return undefined;
  }
  finalizeInvoice(world, invoice);
  refresh(world, row);
  if (invoice.object.status === "paid") return undefined;
  world.schedule(
    "subscription.expire-incomplete",
    row.object.id,
    world.now() + incompleteHours * 3600,
  );
  if (!input.collects || input.method === undefined) return undefined;
  const outcome = collectInvoice(world, invoice, input.method, input.session);
  refresh(world, row);
  return outcome;
}

/** A draft becomes final an hour after it was made, unless something finalises it first. */
export function finalizeLater(world: World, invoice: Row<"invoice">): void {
  const at = invoice.object.created + 3600;
  invoice.object = {
    ...invoice.object,
    automatically_finalizes_at: at,
    next_payment_attempt: invoice.object.collection_method === "charge_automatically" ? at : null,
  };
  world.save(invoice);
  world.schedule("invoice.finalize", invoice.object.id, at + 1);
}

// Paying the invoice changed the subscription through its own row; this one catches up.
function refresh(world: World, row: Row<"subscription">): void {
  const now = world.find("subscription", row.object.id);
  if (now === undefined) return;
  row.object = now.object;
  row.hidden = now.hidden;
}
