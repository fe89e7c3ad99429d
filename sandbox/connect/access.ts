import type Stripe from "stripe";
import { refreshAccount } from "#sandbox/connect/refresh-account";
import { isCutOff } from "#sandbox/events/subscribers";
import { invalidRequest, StripeError } from "#sandbox/protocol/errors";
import { get } from "#sandbox/protocol/route";
import type { World } from "#sandbox/world/world";

/** What Stripe says of an account that is not there, or to which the platform has no access. */
export function outOfReach(account: string): StripeError {
  const message =
    `The provided key does not have access to account '${account}' ` +
    "(or that account does not exist). Application access may have been revoked.";
  return new StripeError(403, {
    ...{ type: "invalid_request_error", code: "account_invalid", message },
  });
}

/** Requests in the platform's own name that act on an account they name in their body. */
const naming: readonly string[] = [
  ...["POST /v1/account_sessions", "POST /v1/account_links", "POST /v2/core/account_links"],
];

/** Refuses a request of the platform about an account it has no access to any more. */
export function checkReach(world: World, name: string, id: string | undefined, sent: object): void {
  const isInPath = /^\w+ \/v[12]\/(core\/)?accounts\/:id/.test(name);
  const body = naming.includes(name) ? (sent as { account?: unknown }).account : undefined;
  const account = isInPath ? id : body;
  if (typeof account !== "string") return;
  if (isCutOff(world.as(world.namespace.account), account)) throw outOfReach(account);
}

/** The owner disconnects the account: it goes on at Stripe, and the platform has no part in it. */
export function deauthorize(world: World, id: string): unknown {
  const row = get(world, "v2.core.account", id);
  if (row.hidden.isDeauthorized) throw invalidRequest("This account is not connected.");
  // It is the last the platform hears of the account.
  world.as(id).emit("account.application.deauthorized", applicationOf(world));
  row.hidden = { ...row.hidden, isDeauthorized: true };
  world.save(row);
  return { id, connected: false };
}

/** The owner connects the account again: the platform may do again what it could. */
export function authorize(world: World, id: string): unknown {
  const row = get(world, "v2.core.account", id);
  if (!row.hidden.isDeauthorized) throw invalidRequest("This account is connected.");
  row.hidden = { ...row.hidden, isDeauthorized: false };
  world.save(row);
  world.as(id).emit("account.application.authorized", applicationOf(world));
  refreshAccount(world, id);
  return { id, connected: true };
}

/** The platform as the accounts connected to it know it. */
function applicationOf({ namespace }: World): Stripe.Application {
  return { id: `ca_${namespace.name}`, object: "application", name: "The platform" };
}
