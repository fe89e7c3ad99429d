import { postApplicationFee } from "#sandbox/payments/balance";
import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** Gives the platform its share of a connected account's charge, in the platform's own books. */
export function takeApplicationFee(
  world: World,
  charge: ObjectOf<"charge">,
  amount: number,
): string {
  const platform = world.as(world.namespace.account);
  const id = world.newId("fee");
  const fee: ObjectOf<"application_fee"> = {
    id,
    object: "application_fee",
    account: world.account,
    amount,
    amount_refunded: 0,
    application: "ca_local",
    balance_transaction: null,
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    fee_source: { charge: charge.id, type: "charge" },
    livemode: false,
    originating_transaction: null,
    refunded: false,
    refunds: listOf(`/v1/application_fees/${id}/refunds`, []),
  };
  fee.balance_transaction = postApplicationFee(platform, fee);
  platform.insert("application_fee", fee, {});
  platform.emit("application_fee.created", fee);
  return id;
}
