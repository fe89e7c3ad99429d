import { cancelFromPortal } from "#sandbox/billing/portal-cancel";
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
    update: features.subscription_update.enabled && subscription !== undefined,
  }[action];
  if (!isOn) return { error: "This cannot be done here." };
  try {
    if (action === "card") return changeCard(world, portal, form);
    if (action === "details") return changeDetails(world, portal, form);
    if (subscription === undefined) return { error: "No such subscription." };
    if (action === "update") return change(world, portal, subscription, form);
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

function change(
  world: World,
  { configuration }: Portal,
  row: Row<"subscription">,
  form: Form,
): Act {
  const { default_allowed_updates: allowed, proration_behavior: behavior } =
    configuration.features.subscription_update;
  const price = textOf(form.price);
  const quantity = Number(textOf(form.quantity));
  const isCounted = Number.isSafeInteger(quantity) && quantity > 0;
  if (textOf(form.quantity) !== "" && !isCounted) return { error: "Enter a whole number above 0." };
  updateSubscription(world, row, {
    items: [
      {
        id: textOf(form.item),
        ...(price !== "" && allowed.includes("price") ? { price } : {}),
        ...(isCounted && allowed.includes("quantity") ? { quantity } : {}),
      },
    ],
    proration_behavior: behavior as "none",
    payment_behavior: "error_if_incomplete",
  });
  return { done: "Your plan is changed." };
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

function changeDetails(world: World, { configuration, customer }: Portal, form: Form): Act {
  const { allowed_updates: allowed } = configuration.features.customer_update;
  const before = customer.object;
  const email = textOf(form.email);
  if (allowed.includes("email") && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    return { error: "Enter an email address, such as you@example.com." };
  }
  customer.object = {
    ...before,
    ...(allowed.includes("email") ? { email } : {}),
    ...(allowed.includes("name") ? { name: textOf(form.name) || null } : {}),
  };
  world.save(customer);
  const { email: oldEmail, name } = before;
  world.emit("customer.updated", customer.object, { email: oldEmail, name: name ?? null });
  return { done: "Your details are saved." };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.trim().slice(0, 200) : "";
}
