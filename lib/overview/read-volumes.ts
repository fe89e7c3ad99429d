import type { Tx } from "#lib/db/client";
import type { Stake } from "#lib/overview/attention";

const dayMs = 86_400_000;
/** What a tenant took in so many days is what is at stake with it. */
export const volumeDays = 30;

/** What tenants' customers paid them in the last thirty days, by tenant and currency. */
export async function readVolumes(
  tx: Tx,
  tenantIds: readonly string[],
  now: Date,
): Promise<Map<string, Stake[]>> {
  const since = new Date(now.getTime() - volumeDays * dayMs);
  const rows = await tx.$queryRaw<{ tenantId: string; currency: string; minor: bigint }[]>`
    select a.tenant_id as "tenantId", c.currency,
      sum(coalesce(c.amount_captured_minor, 0) - coalesce(c.amount_refunded_minor, 0))::bigint
        as minor
    from connected_accounts a
    join stripe_charges c on c.tenant_id = a.tenant_id and not c.is_deleted
      and c.status = 'succeeded' and c.created_at >= ${since}
      -- A tenant's own plan is paid on the platform's account, and is no volume of the tenant's.
      and (c.account = a.account_id or c.transfer_id is not null)
    where a.tenant_id = any(${[...new Set(tenantIds)]}::text[]) and c.currency is not null
    group by a.tenant_id, c.currency order by a.tenant_id, minor desc`;
  const volumes = new Map<string, Stake[]>();
  for (const { tenantId, ...stake } of rows) {
    volumes.set(tenantId, [...(volumes.get(tenantId) ?? []), stake]);
  }
  return volumes;
}
