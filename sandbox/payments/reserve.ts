import type { World } from "#sandbox/world/world";

/** What is held of the platform's funds, by currency: what the accounts whose losses it bears are
 *  short of. https://docs.stripe.com/connect/account-balances#understanding-connected-account-balances */
export function reservedOf(world: World): Map<string, bigint> {
  const reserved = new Map<string, bigint>();
  if (world.account !== world.namespace.account) return reserved;
  for (const account of accountsAtOurRisk(world)) {
    for (const { currency, net } of world.database.all(sums, world.namespace.name, account)) {
      const short = -BigInt(net ?? 0);
      if (short <= 0n) continue;
      const name = String(currency);
      reserved.set(name, (reserved.get(name) ?? 0n) + short);
    }
  }
  return reserved;
}

function accountsAtOurRisk(platform: World): string[] {
  const rows = platform.database.all(atOurRisk, platform.namespace.name, platform.account);
  return rows.map(({ id }) => String(id));
}

const atOurRisk =
  "SELECT id FROM objects WHERE namespace = ? AND account = ? AND kind = 'v2.core.account' " +
  "AND json_extract(json, '$.defaults.responsibilities.losses_collector') = 'application'";

const sums =
  "SELECT key AS currency, SUM(json_extract(json, '$.net')) AS net FROM objects " +
  "WHERE namespace = ? AND account = ? AND kind = 'balance_transaction' " +
  "AND customer = 'unpaid' GROUP BY key HAVING net < 0";
