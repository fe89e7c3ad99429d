import { redeemSession } from "#sandbox/billing/checkout-discounts";
import type { Decline } from "#sandbox/payments/test-cards";
import { get } from "#sandbox/protocol/route";
import { createCustomer } from "#sandbox/resources/customers";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

/** How pressing the button went. */
export type CheckoutResult =
  | { kind: "complete" }
  | { kind: "challenge" }
  | { kind: "declined"; decline: Decline };

/** Ends a session that was paid. Its event comes after all that paying it made. */
export function completeSession(
  world: World,
  row: Row<"checkout.session">,
  method: Row<"payment_method">,
  made: Partial<ObjectOf<"checkout.session">>,
): void {
  world.unschedule("session.expire", row.object.id);
  const { address, email, name, phone } = method.object.billing_details;
  row.object = {
    ...row.object,
    customer_details: {
      address,
      business_name: null,
      email: email ?? row.object.customer_details?.email ?? null,
      individual_name: null,
      name,
      phone,
      tax_exempt: "none",
      tax_ids: [],
    },
    ...made,
    status: "complete",
    url: null,
  };
  world.save(row);
  if (row.object.mode === "payment") redeemSession(world, row.object);
  world.emit("checkout.session.completed", row.object);
}

/** The session's customer, made from what its payer typed if it has none. */
export function customerOf(
  world: World,
  row: Row<"checkout.session">,
  method: Row<"payment_method">,
): Row<"customer"> {
  if (row.object.customer !== null) return get(world, "customer", row.object.customer);
  const { email, name } = method.object.billing_details;
  return createCustomer(world, { email: email ?? row.object.customer_email, name }, null);
}
