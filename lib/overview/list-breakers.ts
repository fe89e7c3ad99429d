import type { Breaker } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { type AccountTenant, tenantsOf } from "#lib/overview/tenants-of";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** How one kind of request of one account fares in one process. */
export type BreakerRow = Breaker & {
  /** The process has said nothing for long, so nobody knows. */
  isStale: boolean;
  tenant: AccountTenant | null;
};

const staleMs = 60_000;
const keptMs = 24 * 60 * 60_000;
const rowsAtMost = 200;

/** What has failed at Stripe in the last day: what is open first, then what was. */
export async function listBreakers(ctx: PlatformContext): Promise<BreakerRow[]> {
  requirePlatform(ctx, "events:read");
  const now = ctx.now().getTime();

  return view(ctx, async (tx) => {
    const found = await tx.breaker.findMany({
      where: { seenAt: { gt: new Date(now - keptMs) } },
      ...{ orderBy: { seenAt: "desc" }, take: rowsAtMost },
    });
    const accounts = found.map(({ account }) => account);
    const tenants = await tenantsOf(tx, accounts);
    const rows = found.map((breaker) => ({
      ...breaker,
      isStale: breaker.status !== "closed" && now - breaker.seenAt.getTime() > staleMs,
      tenant: tenants.get(breaker.account) ?? null,
    }));
    return rows.sort((left, right) => rankOf(left) - rankOf(right));
  });
}

const ranks = { open: 0, half_open: 1, closed: 2 } as const satisfies Record<
  Breaker["status"],
  number
>;

function rankOf({ status, isStale }: BreakerRow): number {
  return isStale ? 3 : ranks[status];
}
