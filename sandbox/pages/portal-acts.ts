import { cancelFromPortal } from "#sandbox/billing/portal-cancel";
import { changePlan, keepCurrentPlan } from "#sandbox/pages/portal-change";
import { changeDetails } from "#sandbox/pages/portal-details";
import { pausePlan, resumePlan } from "#sandbox/pages/portal-pause";
import { attachMethod, createCard, problemWith } from "#sandbox/payments/card";
import { StripeError } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import { updateSubscription } from "#sandbox/resources/subscription-update";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Whose page it is, and what may be done on it. */
export interface Portal {
  session: Row<"billing_portal.session">;
  configuration: ObjectOf<"billing_portal.configuration">;
  customer: Row<"customer">;
}
type Form = Record<string, unknown>;

/** What a press came to: done, with words to say so, or an error to show beside the form. */
export type Act = { done: string } | { error: string };

/** Opens a portal by its session, unless it has ended. */
export function openPortal(world: World, id: string): Portal | undefined {
  const session = get(world, "billing_portal.session", id);
  if (session.hidden.expiresAt <= world.now()) return undefined;
  const customer = world.find("customer", session.object.customer);
  if (customer === undefined || customer.isDeleted) return undefined;
  const { object: configuration } = get(
    world,
    "billing_portal.configuration",
    session.object.configuration,
  );
  return { session, configuration, customer };
}

/** A subscription of the portal's own customer. */
export function ownSubscription(world: World, portal: Portal, id: string) {
  const row = world.find("subscription", id);
  return row?.object.customer === portal.customer.object.id ? row : undefined;
}

/** Does what a form of the portal asks for, by the same functions as the API. */
export function act(world: World, portal: Portal, action: string, form: Form): Act {
  const { features } = portal.configuration;
  const subscription = ownSubscription(world, portal, textOf(form.subscription));
  const isOn = {
    card: features.payment_method_update.enabled,
    details: features.customer_update.enabled,
    cancel: features.subscription_cancel.enabled && subscription !== undefined,
    keep: features.subscription_cancel.enabled && subscription !== undefined,
    pause: features.subscription_pause.enabled && subscription !== undefined,
    resume: features.subscription_pause.enabled && subscription?.object.status === "paused",
    stay: features.subscription_cancel.enabled && subscription !== undefined,
    unplan: features.subscription_update.enabled && subscription !== undefined,
    update: features.subscription_update.enabled && subscription !== undefined,
  }[action];
  if (!isOn) return { error: "This cannot be done here." };
  try {
    if (action === "card") return changeCard(world, portal, form);
    if (action === "details") return changeDetails(world, portal, form);
    if (subscription === undefined) return { error: "No such subscription." };
    if (action === "update") return update(world, portal, subscription, form);
    if (action === "unplan") return keepCurrentPlan(world, subscription);
    if (action === "pause") return pausePlan(world, portal, subscription, textOf(form.length));
    if (action === "resume") return resumePlan(world, subscription);
    if (action === "stay") return stay(world, portal, subscription);
    if (action === "keep") {
      updateSubscription(world, subscription, { cancel_at_period_end: false });
      return { done: "Your subscription goes on." };
    }
    const { mode, proration_behavior: behavior } = features.subscription_cancel;
    const feedback = textOf(form.feedback);
    cancelFromPortal(world, subscription, { mode, behavior, feedback });
    return {
      done:
        mode === "immediately"
          ? "Your subscription has ended."
          : "Your subscription ends with its period.",
    };
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    return { error: error.message };
  }
}

function update(world: World, portal: Portal, row: Row<"subscription">, form: Form): Act {
  const { flow } = portal.session.object;
  const [given] = flow?.subscription_update_confirm?.discounts ?? [];
  const wish = {
    ...{ item: textOf(form.item), price: textOf(form.price) },
    ...{ quantity: textOf(form.quantity), code: textOf(form.code) },
  };
  const result = changePlan(world, portal, row, wish);
  if ("error" in result || given === undefined) return result;
  giveTo(world, row, given);
  return result;
}

// Somebody who meant to leave takes what they were offered to stay.
function stay(world: World, portal: Portal, row: Row<"subscription">): Act {
  const coupon = portal.session.object.flow?.subscription_cancel?.retention?.coupon_offer?.coupon;
  if (coupon === undefined) return { error: "Nothing is offered." };
  giveTo(world, row, { coupon, promotion_code: null });
  return { done: "Your discount is on your next invoice." };
}

function giveTo(
  world: World,
  row: Row<"subscription">,
  { coupon, promotion_code: code }: { coupon: string | null; promotion_code: string | null },
): void {
  const kept = row.object.discounts.map((discount) => ({ discount }));
  const given = code === null ? { coupon: coupon ?? "" } : { promotion_code: code };
  updateSubscription(world, row, { discounts: [...kept, given] });
}

function changeCard(world: World, { customer }: Portal, form: Form): Act {
  const [, month = "", year = ""] = /^(\d{1,2})\s*\/?\s*(\d{2,4})$/.exec(textOf(form.expiry)) ?? [];
  const input = {
    number: textOf(form.number).replaceAll(/\D/g, ""),
    expMonth: Number(month),
    expYear: Number(year.length === 2 ? `20${year}` : year),
    cvc: textOf(form.cvc),
  };
  const problem = problemWith(world, input);
  if (problem !== undefined) return { error: problem.message };
  const method = attachMethod(world, createCard(world, input), customer.object);
  const before = customer.object.invoice_settings;
  customer.object = {
    ...customer.object,
    invoice_settings: { ...before, default_payment_method: method.object.id },
  };
  world.save(customer);
  world.emit("customer.updated", customer.object, { invoice_settings: before });
  return { done: `Your card ending in ${method.object.card?.last4} is saved.` };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim().slice(0, 200) : "";
}
