import { post } from "#sandbox/payments/ledger";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** A platform's share of a payment to one of its accounts. */
interface Share {
  account: string;
  /** The charge, or the payment of a transfer, in the connected account. */
  charge: string;
  amount: number;
  currency: string;
  availableOn: number;
  /** The platform's own charge that was passed on. */
  originating: string | null;
}

/** Gives the platform its share, in the platform's own books. */
export function takeApplicationFee(platform: World, share: Share): string {
  const id = platform.newId("fee");
  const { amount, currency, availableOn } = share;
  const description = "Application fee";
  const facts = { amount, currency, availableOn, description, source: id };
  const row = post(platform, { ...facts, type: "application_fee" });
  const fee: ObjectOf<"application_fee"> = {
    id,
    object: "application_fee",
    account: share.account,
    amount,
    amount_refunded: 0,
    application: "ca_local",
    balance_transaction: row.id,
    charge: share.charge,
    created: platform.now(),
    currency,
    fee_source: { charge: share.charge, type: "charge" },
    livemode: false,
    originating_transaction: share.originating,
    refunded: false,
    refunds: listOf(`/v1/application_fees/${id}/refunds`, []),
  };
  platform.insert("application_fee", fee, {});
  platform.emit("application_fee.created", fee);
  return id;
}

/** Gives part of a share back. What reaches the connected account is written by the caller. */
export function giveFeeBack(
  platform: World,
  fee: Row<"application_fee">,
  amount: number,
  metadata: Record<string, string> = {},
): ObjectOf<"fee_refund"> {
  checkLeft(fee.object, amount);
  const id = platform.newId("fr");
  const { currency } = fee.object;
  const description = "Application fee refund";
  const type = "application_fee_refund" as const;
  const row = post(platform, { amount: -amount, currency, description, source: id, type });
  const refund: ObjectOf<"fee_refund"> = {
    id,
    object: "fee_refund",
    amount,
    balance_transaction: row.id,
    created: platform.now(),
    currency,
    fee: fee.object.id,
    metadata,
  };
  platform.insert("fee_refund", refund, {});
  const before = { amount_refunded: fee.object.amount_refunded };
  const refunded = before.amount_refunded + amount;
  fee.object = {
    ...fee.object,
    amount_refunded: refunded,
    refunded: refunded === fee.object.amount,
    refunds: { ...fee.object.refunds, data: [refund, ...fee.object.refunds.data] },
  };
  platform.save(fee);
  platform.emit("application_fee.refunded", fee.object, before);
  return refund;
}

/** The part of a share that goes back with a part of its payment; the last part takes the rest. */
export function shareOf(
  { total, left }: { total: number; left: number },
  part: { amount: number; of: number; isLast: boolean },
): number {
  if (part.isLast) return left;
  const proportion = (BigInt(total) * BigInt(part.amount)) / BigInt(part.of);
  return Math.min(left, Number(proportion));
}

function checkLeft({ id, amount, amount_refunded }: ObjectOf<"application_fee">, asked: number) {
  const left = amount - amount_refunded;
  if (left === 0) {
    const message = `Application fee ${id} has already been refunded.`;
    throw invalidRequest(message, "application_fee_already_refunded");
  }
  if (asked >= 1 && asked <= left) return;
  const message = `Refund amount (${asked}) is greater than unrefunded amount on fee (${left})`;
  throw invalidRequest(message, undefined, "amount");
}
