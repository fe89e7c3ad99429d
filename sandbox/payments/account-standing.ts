import { isInGoodStanding } from "#sandbox/connect/requirements";
import { StripeError } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Account = ObjectOf<"v2.core.account">;

/** Whose world this is. The platform itself has no account object and may do everything. */
export function accountHere(world: World): Account | undefined {
  if (world.account === world.namespace.account) return undefined;
  return world.as(world.namespace.account).find("v2.core.account", world.account)?.object;
}

/** Whether an account may be paid out now. */
export function payoutsAllowed(world: World): boolean {
  const account = accountHere(world);
  if (account === undefined) return true;
  const { merchant, recipient } = account.configuration ?? {};
  const isConfigured = merchant?.applied || recipient?.applied;
  // What was taken from an account stays to be paid out when it takes no more.
  return !account.closed && isConfigured === true && isInGoodStanding(account.requirements ?? {});
}

/** Whether an account may charge cards as the merchant. */
export function takesCards({ configuration }: Account): boolean {
  return configuration?.merchant?.capabilities?.card_payments?.status === "active";
}

/** Whether a platform may move money to an account. */
export function takesTransfers({ configuration }: Account): boolean {
  const { recipient } = configuration ?? {};
  return recipient?.capabilities?.stripe_balance?.stripe_transfers?.status === "active";
}

/** A direct charge needs a connected account whose card payments are active. */
export function checkCanCharge(world: World): void {
  const account = accountHere(world);
  if (account === undefined || takesCards(account)) return;
  throw new StripeError(400, {
    type: "invalid_request_error",
    code: "account_capability_required",
    message:
      "Your account cannot currently make charges. To find out why charges are disabled, " +
      "look at the requirements of its card_payments capability.",
  });
}

/** Passing money on needs an account that may receive it. */
export function checkDestination(world: World, id: string, param: string): void {
  const found = world.as(world.namespace.account).find("v2.core.account", id);
  const account = found?.hidden.isDeauthorized ? undefined : found?.object;
  if (account === undefined) {
    const message = `No such destination: '${id}'`;
    throw new StripeError(400, {
      ...{ type: "invalid_request_error", code: "resource_missing", param, message },
    });
  }
  if (takesTransfers(account)) return;
  throw new StripeError(400, {
    type: "invalid_request_error",
    code: "insufficient_capabilities_for_transfer",
    message:
      "Your destination account needs to have at least one of the following capabilities " +
      "enabled: transfers, crypto_transfers, legacy_payments",
  });
}

/** The merchant of record must be able to take cards itself. */
export function checkOnBehalfOf(world: World, id: string): void {
  const found = world.as(world.namespace.account).find("v2.core.account", id);
  const account = found?.hidden.isDeauthorized ? undefined : found?.object;
  if (account !== undefined && takesCards(account)) return;
  const message =
    "You cannot create a charge on behalf of an account without the card_payments capability: " +
    `'${id}'.`;
  throw new StripeError(400, {
    ...{ type: "invalid_request_error", code: "account_capability_required" },
    ...{ param: "on_behalf_of", message },
  });
}
