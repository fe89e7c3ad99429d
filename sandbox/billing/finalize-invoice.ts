import { billingSettings } from "#sandbox/billing/billing-settings";
import { applyCredits } from "#sandbox/billing/credit-grants";
import { moveBalance } from "#sandbox/billing/customer-balance";
import { isMetered, meteredLines } from "#sandbox/billing/lines";
import { markPaid } from "#sandbox/billing/mark-paid";
import { priceInvoice } from "#sandbox/billing/price-invoice";
import { settleDiscounts } from "#sandbox/billing/settle-discounts";
import { sharedTerms } from "#sandbox/billing/sharing";
import { createIntent } from "#sandbox/payments/intent";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const smallestCharge = 50;

/** Numbers an invoice and fixes what is due. It does not collect; a zero invoice pays itself. */
export function finalizeInvoice(world: World, row: Row<"invoice">): void {
  if (row.object.status !== "draft") {
    throw invalidRequest(
      `This invoice is already finalized, you can't re-finalize a non-draft invoice.`,
      "invoice_not_editable",
    );
  }
  const customer = world.find("customer", row.object.customer ?? "");
  if (customer === undefined) throw new Error("Invariant: an invoice has a customer");

  world.unschedule("invoice.finalize", row.object.id);
  recount(world, row);
  if (row.object.automatic_tax.status === "requires_location_inputs") {
    throw invalidRequest(
      "The customer's location isn't recognized. Set a valid customer address in order to " +
        "automatically calculate tax.",
      "customer_tax_location_invalid",
    );
  }
  const due = applyBalance(world, row, customer);
  const sequence = customer.object.next_invoice_sequence ?? 1;
  customer.object = {
    ...customer.object,
    currency: customer.object.currency ?? row.object.currency,
    next_invoice_sequence: sequence + 1,
  };
  world.save(customer);
  const path = `${world.account}/${row.hidden.secret}`;
  row.object = {
    ...row.object,
    automatically_finalizes_at: null,
    effective_at: row.object.effective_at ?? world.now(),
    hosted_invoice_url: `${world.origin}/i/${path}`,
    invoice_pdf: `${world.origin}/i/${path}/pdf`,
    number: row.object.number ?? numberOf(customer.object, sequence),
    status: "open",
    status_transitions: { ...row.object.status_transitions, finalized_at: world.now() },
  };
  world.save(row);
  settleDiscounts(world, row.object);
  if (due > 0) requestPayment(world, row, customer.object);
  world.emit("invoice.finalized", row.object);
  const { due_date: dueBy } = row.object;
  if (due > 0 && dueBy !== null) watchDueDate(world, row.object.id, dueBy);
  if (due === 0) markPaid(world, row, undefined);
}

function watchDueDate(world: World, id: string, dueBy: number): void {
  world.schedule("invoice.overdue", id, dueBy);
  const { will_be_due_days: days } = billingSettings(world);
  const at = dueBy - (days ?? 0) * 86_400;
  if (days !== null && at >= world.now()) world.schedule("invoice.will-be-due", id, at);
}

function numberOf({ invoice_prefix }: ObjectOf<"customer">, sequence: number): string {
  return `${invoice_prefix}-${String(sequence).padStart(4, "0")}`;
}

// Usage that was reported while the invoice was a draft belongs on it.
function recount(world: World, row: Row<"invoice">): void {
  const lines = row.object.lines.data;
  const customer = row.object.customer ?? "";
  const counted = new Set<string>();
  const fresh = lines.flatMap((line) => {
    const details = line.parent?.subscription_item_details;
    const item = world.find("subscription_item", details?.subscription_item ?? "");
    const price = world.find("price", String(line.pricing?.price_details?.price ?? ""))?.object;
    if (item === undefined || price === undefined || details?.proration) return [line];
    // At the price it was billed by, which the item may have left since.
    const billed = { ...item.object, price };
    if (!isMetered(billed)) return [line];
    if (counted.has(item.object.id)) return [];
    counted.add(item.object.id);
    return meteredLines(world, billed, line.period, customer).map((each) => ({
      ...each,
      invoice: row.object.id,
    }));
  });
  const all = listOf(`/v1/invoices/${row.object.id}/lines`, fresh);
  row.object = priceInvoice(world, { ...row.object, lines: all });
  if (world.list("billing.credit_grant", { customer, limit: 1 }).length === 0) return;
  const data = applyCredits(world, row.object);
  row.object = priceInvoice(world, { ...row.object, lines: { ...all, data } });
}

/** What is asked for now, and what stays on the balance: credit is used first, a negative total
 *  becomes credit, too little to charge is carried over. */
export function splitDue(total: number, starting: number): { due: number; ending: number } {
  const wanted = total + starting;
  return wanted < smallestCharge ? { due: 0, ending: wanted } : { due: wanted, ending: 0 };
}

function applyBalance(world: World, row: Row<"invoice">, customer: Row<"customer">): number {
  const starting = customer.object.balance;
  const { total } = row.object;
  const { due, ending } = splitDue(total, starting);
  const isTooSmall = ending > 0 && total > 0;
  row.object = {
    ...row.object,
    amount_due: due,
    amount_remaining: due,
    ending_balance: ending,
    starting_balance: starting,
  };
  moveBalance(world, customer, ending - starting, {
    type: isTooSmall ? "invoice_too_small" : "applied_to_invoice",
    invoice: row.object.id,
    currency: row.object.currency,
  });
  return due;
}

function requestPayment(world: World, row: Row<"invoice">, customer: ObjectOf<"customer">): void {
  const { id, amount_due, currency, billing_reason } = row.object;
  const description =
    billing_reason === "subscription_create" ? "Subscription creation" : "Subscription update";
  const terms = sharedTerms(world, row.object);
  const facts = { amount: amount_due, currency, customer, description };
  const intent = createIntent(world, { ...facts, terms });
  const payment: ObjectOf<"invoice_payment"> = {
    id: world.newId("inpay"),
    object: "invoice_payment",
    amount_paid: null,
    amount_requested: amount_due,
    created: world.now(),
    currency,
    invoice: id,
    is_default: true,
    livemode: false,
    payment: { payment_intent: intent.object.id, type: "payment_intent" },
    status: "open",
    status_transitions: { canceled_at: null, paid_at: null },
  };
  world.insert("invoice_payment", payment, {});
}
