import { z } from "zod";
import type { Backfill } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { pageSize } from "#lib/keyset";
import { type AccountTenant, tenantsOf } from "#lib/overview/tenants-of";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const backfillQuery = z.object({
  /** The account after which the page begins. */
  cursor: z.string().max(200).optional(),
  state: z.enum(["failed", "running"]).optional(),
});
export type BackfillQuery = z.infer<typeof backfillQuery>;

export type BackfillRow = Backfill & {
  state: "failed" | "running" | "cut off" | "done";
  tenant: AccountTenant | null;
};
export type BackfillPage = {
  rows: BackfillRow[];
  next: string | null;
  /** Over every account: how many have been read, how many stand with an error, what was missed. */
  totals: { accounts: number; failed: number; seen: number; missing: number };
};

/** A page of Stripe's list takes a second; one that is silent this long has lost its worker. */
const cutOffMs = 10 * 60_000;

/** How far Stripe's list of events has been read, account by account, the platform's own first. */
export async function listBackfills(
  ctx: PlatformContext,
  { cursor, state }: BackfillQuery = {},
): Promise<BackfillPage> {
  requirePlatform(ctx, "events:read");

  return view(ctx, async (tx) => {
    const found = await tx.backfill.findMany({
      where: {
        ...(cursor !== undefined && { account: { gt: cursor } }),
        ...(state === "failed" && { error: { not: null } }),
        ...(state === "running" && { since: { not: null }, error: null }),
      },
      ...{ orderBy: { account: "asc" }, take: pageSize + 1 },
    });
    const rows = found.slice(0, pageSize);
    const accounts = rows.map(({ account }) => account);
    const tenants = await tenantsOf(tx, accounts);
    const { _count, _sum } = await tx.backfill.aggregate({
      ...{ _count: { account: true, error: true }, _sum: { seen: true, missing: true } },
    });
    return {
      rows: rows.map((row) => ({
        ...{ ...row, state: stateOf(row, ctx.now()) },
        tenant: tenants.get(row.account) ?? null,
      })),
      next: found.length > pageSize ? rows.at(-1)!.account : null,
      totals: {
        ...{ accounts: _count.account, failed: _count.error },
        ...{ seen: _sum.seen ?? 0, missing: _sum.missing ?? 0 },
      },
    };
  });
}

function stateOf({ error, since, startedAt }: Backfill, now: Date): BackfillRow["state"] {
  if (error) return "failed";
  if (!since) return "done";
  const age = startedAt ? now.getTime() - startedAt.getTime() : 0;
  return age > cutOffMs ? "cut off" : "running";
}
