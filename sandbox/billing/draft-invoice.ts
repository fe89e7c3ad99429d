import { blankInvoice } from "#sandbox/billing/blank-invoice";
import { discountsFor } from "#sandbox/billing/discounts";
import type { Line, Period } from "#sandbox/billing/lines";
import { lineFromPending, pendingItems } from "#sandbox/billing/pending-items";
import { priceInvoice } from "#sandbox/billing/price-invoice";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Invoice = ObjectOf<"invoice">;

/** What a subscription's invoice is drafted from. */
export interface DraftInput {
  subscription: ObjectOf<"subscription">;
  customer: ObjectOf<"customer">;
  reason: NonNullable<Invoice["billing_reason"]>;
  lines: Line[];
  period: Period;
  /** Whether prorations that wait for the next invoice go on this one. */
  takesPending: boolean;
}

/** Drafts an invoice for a subscription, with everything that was waiting for one. */
export function draftInvoice(world: World, input: DraftInput): Row<"invoice"> {
  const { subscription, customer, reason, period } = input;
  const blank = blankInvoice(world, customer, subscription.currency);
  const { id } = blank;
  const pending = input.takesPending ? pendingItems(world, subscription) : [];
  const lines = [...pending.map((row) => lineFromPending(world, row, id)), ...input.lines];
  const { invoice_settings: settings } = subscription;
  const isSent = subscription.collection_method === "send_invoice";
  const object = priceInvoice(world, {
    ...blank,
    automatic_tax: {
      ...blank.automatic_tax,
      enabled: subscription.automatic_tax.enabled,
      liability: subscription.automatic_tax.liability,
    },
    billing_reason: reason,
    collection_method: subscription.collection_method,
    custom_fields: settings.custom_fields ?? blank.custom_fields,
    default_tax_rates: subscription.default_tax_rates ?? [],
    description: settings.description ?? subscription.description,
    discounts: discountsFor(world, customer, subscription),
    due_date: isSent ? world.now() + (subscription.days_until_due ?? 30) * 86_400 : null,
    footer: settings.footer ?? blank.footer,
    lines: listOf(
      `/v1/invoices/${id}/lines`,
      lines.map((line) => ({ ...line, invoice: id })),
    ),
    parent: {
      quote_details: null,
      subscription_details: {
        metadata: subscription.metadata,
        subscription: subscription.id,
      },
      type: "subscription_details",
    },
    period_end: period.end,
    period_start: period.start,
  });
  const row = world.insert("invoice", object, { secret: world.newId("secret") });
  noteNetDebits(world, row.object);
  world.emit("invoice.created", row.object);
  return row;
}

// A later change credits what was debited, and a discount was not debited.
function noteNetDebits(world: World, { lines }: Invoice): void {
  const debits = new Map<string, bigint>();
  for (const line of lines.data) {
    const details = line.parent?.subscription_item_details;
    const off = (line.discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
    if (!details || details.proration || off === 0) continue;
    const id = details.subscription_item;
    debits.set(id, (debits.get(id) ?? 0n) + BigInt(line.amount - off));
  }
  for (const [id, minor] of debits) {
    const item = world.find("subscription_item", id);
    if (item === undefined || item.hidden.debitedMinor === "0") continue;
    item.hidden = { ...item.hidden, debitedMinor: String(minor) };
    world.save(item);
  }
}
