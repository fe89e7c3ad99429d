import { sessionDiscounts } from "#sandbox/billing/checkout-discounts";
import { type StartInput, startSubscription } from "#sandbox/billing/start-subscription";
import { attachMethod } from "#sandbox/payments/card";
import {
  type CheckoutResult,
  completeSession,
  customerOf,
  type Payer,
} from "#sandbox/resources/checkout-end";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

type Session = Row<"checkout.session">;

/** Begins the subscription a checkout is for, and completes it. */
export function subscribe(
  world: World,
  row: Session,
  how: {
    method: Row<"payment_method"> | undefined;
    payer: Payer;
    isAuthenticated: boolean;
  },
): void {
  const { method, payer, isAuthenticated } = how;
  const customer = customerOf(world, row, payer);
  if (method !== undefined) attachMethod(world, method, customer.object);
  const { subscription: data } = row.hidden;
  const trialEnd = data.trialEnd ?? (data.trialDays ? world.now() + data.trialDays * 86_400 : null);
  const { subscription, invoice } = startSubscription(world, {
    customer,
    ...itemsOf(world, row),
    currency: row.object.currency ?? "usd",
    discounts: sessionDiscounts(row.object),
    method,
    defaultMethod: method?.object.id ?? null,
    trialEnd,
    endsWithPeriod: false,
    anchor: data.anchor,
    prorates: data.prorates ?? true,
    fields: fieldsOf(row),
    collects: true,
    session: { isOffSession: false, isAuthenticated },
  });
  completeSession(world, row, payer, {
    customer: subscription.object.customer,
    customer_account: subscription.object.customer_account,
    invoice: invoice?.object.id ?? null,
    payment_status: paymentStatusOf(row.object, invoice),
    subscription: subscription.object.id,
  });
}

/** Begins a subscription whose payer was asked for no way to pay: nothing is due yet. */
export function subscribeFree(world: World, row: Session, payer: Payer): CheckoutResult {
  if (!needsNoMethod(row.object)) throw new Error("Invariant: something is due today");
  subscribe(world, row, { method: undefined, payer, isAuthenticated: false });
  return { kind: "complete" };
}

/** Whether a session is completed without a way to pay: nothing is due, and none is asked for. */
export function needsNoMethod(session: Session["object"]): boolean {
  const { mode, amount_total: total, payment_method_collection: collects } = session;
  return mode === "subscription" && collects === "if_required" && (total ?? 0) === 0;
}

// What recurs becomes the subscription's items, what does not is billed with its first invoice.
function itemsOf(world: World, { hidden }: Session): Pick<StartInput, "items" | "added"> {
  const counted = hidden.items.map(({ price, quantity, tax_rates: rates }) => {
    const recurring = world.find("price", price)?.object.recurring ?? null;
    const isCounted = quantity !== undefined && recurring?.usage_type !== "metered";
    const item = {
      price,
      ...(isCounted ? { quantity } : {}),
      ...(rates === undefined ? {} : { tax_rates: rates }),
    };
    return { item, isOnce: recurring === null };
  });
  return {
    items: counted.filter(({ isOnce }) => !isOnce).map(({ item }) => ({ ...item, isInline: true })),
    added: counted.filter(({ isOnce }) => isOnce).map(({ item }) => item),
  };
}

function fieldsOf({ object, hidden: { subscription: data } }: Session): StartInput["fields"] {
  const { missingMethod, description } = data;
  return {
    ...data.fields,
    metadata: data.metadata ?? {},
    ...(object.automatic_tax.enabled
      ? {
          automatic_tax: {
            disabled_reason: null,
            enabled: true,
            liability: { type: "self" as const },
          },
        }
      : {}),
    ...(description === undefined ? {} : { description }),
    ...(missingMethod === undefined
      ? {}
      : {
          trial_settings: {
            end_behavior: {
              billing_cycle_anchor: null,
              missing_payment_method: missingMethod,
            },
          },
        }),
  };
}

function paymentStatusOf(
  { amount_total: total }: Row<"checkout.session">["object"],
  invoice: Row<"invoice"> | undefined,
): "no_payment_required" | "paid" | "unpaid" {
  if ((total ?? 0) === 0) return "no_payment_required";
  return invoice?.object.status === "open" ? "unpaid" : "paid";
}
