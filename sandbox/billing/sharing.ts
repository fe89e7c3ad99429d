import { subscriptionOf } from "#sandbox/billing/react";
import { multiply, parseDecimal, rational, roundHalfDown } from "#sandbox/money/rational";
import { checkDestination, checkOnBehalfOf } from "#sandbox/payments/account-standing";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  decimal,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unsettable,
} from "#sandbox/protocol/params";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Subscription = ObjectOf<"subscription">;

/** How a subscription's payments are shared between a platform and its accounts. */
export const sharingFields = {
  application_fee_percent: unsettable(decimal),
  on_behalf_of: unsettable(text),
  transfer_data: unsettable(shape({ destination: required(text), amount_percent: decimal })),
} satisfies Shape;

/** The fields of a subscription that say so, checked. */
export function sharingFrom(
  world: World,
  sent: Params<typeof sharingFields>,
  kept?: Subscription,
): Partial<Subscription> {
  const { application_fee_percent: percent, on_behalf_of, transfer_data: data } = sent;
  const isDirect = world.account !== world.namespace.account;
  if (percent && !isDirect && !(data ?? kept?.transfer_data)) {
    throw invalidRequest(
      "You can only apply an application_fee_percent when the request is made on behalf of " +
        "another account or with `transfer_data[destination]`.",
      undefined,
      "application_fee_percent",
    );
  }
  if (data) checkDestination(world, data.destination, "transfer_data[destination]");
  if (on_behalf_of) checkOnBehalfOf(world, on_behalf_of);
  return {
    ...(percent === undefined ? {} : { application_fee_percent: percent && percentOf(percent) }),
    ...(on_behalf_of === undefined ? {} : { on_behalf_of }),
    ...(data === undefined ? {} : { transfer_data: data && transferFrom(data) }),
  } as Partial<Subscription>;
}

/** What an invoice's payment is shared as: each part is rounded by itself, ties down. */
export function sharedTerms(
  world: World,
  invoice: ObjectOf<"invoice">,
): Partial<ObjectOf<"payment_intent">> {
  const subscription = subscriptionOf(world, invoice)?.object;
  if (subscription === undefined) return {};
  const { application_fee_percent: percent, on_behalf_of, transfer_data: data } = subscription;
  const part = (of: number) => partOf(invoice.amount_due, of);
  return {
    ...(percent ? { application_fee_amount: part(percent) } : {}),
    ...(on_behalf_of === null ? {} : { on_behalf_of }),
    ...(data === null
      ? {}
      : {
          transfer_data: {
            destination: data.destination,
            ...(data.amount_percent === null ? {} : { amount: part(data.amount_percent) }),
          },
        }),
  };
}

function partOf(amount: number, percent: number): number {
  const share = multiply(parseDecimal(String(percent)), rational(1n, 100n));
  return Number(roundHalfDown(multiply(rational(amount), share)));
}

function transferFrom({
  destination,
  amount_percent,
}: {
  destination: string;
  amount_percent?: string;
}) {
  return {
    amount_percent: amount_percent === undefined ? null : percentOf(amount_percent),
    destination,
  };
}

function percentOf(written: string): number {
  const percent = Number(written);
  if (percent >= 0 && percent <= 100) return percent;
  throw invalidRequest("A percentage is from 0 to 100.", undefined, "application_fee_percent");
}
