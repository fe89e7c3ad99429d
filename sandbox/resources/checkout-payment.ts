import { checkCanCharge } from "#sandbox/payments/account-standing";
import { attachMethod } from "#sandbox/payments/card";
import { confirmIntent, createIntent } from "#sandbox/payments/intent";
import { type CheckoutResult, completeSession, customerOf } from "#sandbox/resources/checkout-end";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** Pays a session once. Every try is made by one payment intent, so nothing is paid twice. */
export function payOnce(
  world: World,
  row: Row<"checkout.session">,
  method: Row<"payment_method">,
  isAuthenticated: boolean,
): CheckoutResult {
  checkCanCharge(world);
  const intent = intentFor(world, row);
  const session = { isOffSession: false, isAuthenticated };
  const outcome = confirmIntent(world, intent, method, session);
  if (outcome.kind === "declined") return outcome;
  if (outcome.kind === "requires_action") return { kind: "challenge" };
  const customer = keptCustomer(world, row, method);
  if (customer !== undefined) keepCustomer(world, intent, method, customer);
  completeSession(world, row, method.object.billing_details, {
    customer: customer?.object.id ?? null,
    customer_account: customer?.object.customer_account ?? null,
    payment_intent: intent.object.id,
    payment_status: intent.object.status === "succeeded" ? "paid" : "unpaid",
  });
  return { kind: "complete" };
}

function intentFor(world: World, row: Row<"checkout.session">): Row<"payment_intent"> {
  const { payment } = row.hidden;
  const known = payment?.intent && world.find("payment_intent", payment.intent);
  if (known) return known;
  const customer = world.find("customer", row.object.customer ?? "")?.object;
  const intent = createIntent(world, {
    amount: row.object.amount_total ?? 0,
    currency: row.object.currency ?? "usd",
    customer,
    description: payment?.description ?? null,
    metadata: payment?.metadata ?? {},
    terms: payment?.terms ?? {},
  });
  if (payment !== undefined) {
    row.hidden = { ...row.hidden, payment: { ...payment, intent: intent.object.id } };
    world.save(row);
  }
  return intent;
}

function keptCustomer(
  world: World,
  row: Row<"checkout.session">,
  method: Row<"payment_method">,
): Row<"customer"> | undefined {
  const isKept =
    row.object.customer !== null ||
    row.object.customer_creation === "always" ||
    row.hidden.payment?.terms.setup_future_usage;
  return isKept ? customerOf(world, row, method.object.billing_details) : undefined;
}

function keepCustomer(
  world: World,
  intent: Row<"payment_intent">,
  method: Row<"payment_method">,
  customer: Row<"customer">,
): void {
  const { id, customer_account = null } = customer.object;
  if (intent.object.setup_future_usage) attachMethod(world, method, customer.object);
  if (intent.object.customer === id) return;
  intent.object = { ...intent.object, customer: id, customer_account };
  world.save(intent);
  const charge = world.find("charge", intent.object.latest_charge ?? "");
  if (charge === undefined) return;
  charge.object = { ...charge.object, customer: id };
  world.save(charge);
}
