import { refreshAccount } from "#sandbox/connect/refresh-account";
import { bankFrom, externalAccounts, keepExternal } from "#sandbox/payments/external-account";
import { get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

/** Gives Stripe all it asked for: every capability that was requested becomes active. */
export function completeOnboarding(world: World, id: string): unknown {
  const row = get(world, "v2.core.account", id);
  const { merchant, recipient } = row.object.configuration ?? {};
  const { isDeauthorized = false } = row.hidden;
  row.hidden = { isOnboarded: true, isDeauthorized };
  world.save(row);
  if (merchant !== undefined || recipient !== undefined) giveBank(world.as(id), row.object);
  refreshAccount(world, id);
  return get(world, "v2.core.account", id).object;
}

// A business that onboards says where its money is to go.
function giveBank(world: World, account: ObjectOf<"v2.core.account">): void {
  if (externalAccounts(world).length > 0) return;
  const number = "000123456789";
  const country = account.identity?.country?.toUpperCase() ?? "US";
  const currency = account.defaults?.currency ?? "usd";
  const bank = bankFrom(world, { number, country, currency, routing: "110000000" });
  keepExternal(world, bank, number, true);
}
