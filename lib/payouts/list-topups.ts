import { z } from "zod";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { type MoneyMoveView, toMove } from "#lib/payouts/money-move";
import type { Sum } from "#lib/payouts/sum";
import type { StripeObjects } from "#lib/stripe/object-types";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export const pageQuery = z.object({ cursor: z.string().max(200).optional() });
export type PageQuery = z.output<typeof pageQuery>;

export const movesQuery = pageQuery.extend({
  status: z.enum(["requested", "done", "failed"]).optional(),
});

/** Money the platform brings from its bank. */
export type Topup = {
  id: string;
  amount: Sum;
  status: string;
  createdAt: Date;
  expectedAt: Date | null;
  description: string | null;
  /** Why it failed, in Stripe's words. */
  failure: string | null;
};

/** Top-ups, the newest first. */
export async function listTopups(
  ctx: PlatformContext,
  { cursor }: PageQuery = {},
): Promise<Page<Topup>> {
  requirePlatform(ctx, "payouts:read");
  const from = cursor ? decodeCursor(cursor) : undefined;
  const rows = await view(ctx, (tx) =>
    tx.stripeTopup.findMany({
      where: { account: "", isDeleted: false, ...(from && afterRow("createdAt", from)) },
      ...{ orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    }),
  );
  const found = rows.map(({ object, ...row }): Topup => {
    const { description, failure_message: failure } = object as unknown as StripeObjects["topup"];
    return {
      ...{ id: row.id, status: row.status!, createdAt: row.createdAt!, expectedAt: row.expectedAt },
      ...{ amount: { minor: row.amountMinor!, currency: row.currency! }, description, failure },
    };
  });
  return toPage(found, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
}

export type ListedMove = MoneyMoveView & {
  by: string;
  tenant: { id: string; name: string } | null;
};

/** What the platform's people and tenants' moved, the newest first. */
export async function listMoves(
  ctx: PlatformContext,
  { cursor, status }: z.output<typeof movesQuery> = {},
): Promise<Page<ListedMove>> {
  requirePlatform(ctx, "payouts:read");
  const from = cursor ? decodeCursor(cursor) : undefined;
  return view(ctx, async (tx) => {
    const rows = await tx.moneyMove.findMany({
      where: { ...(status && { status }), ...(from && afterRow("requestedAt", from)) },
      ...{ orderBy: [{ requestedAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    });
    const page = toPage(rows, pageSize, ({ requestedAt, id }) => ({ at: requestedAt, id }));
    const names = await namesOf(
      tx,
      page.rows.map((row) => row.requestedById),
    );
    const accounts = await tx.connectedAccount.findMany({
      where: { accountId: { in: page.rows.map(({ accountId }) => accountId) } },
    });
    const tenants = await tx.tenant.findMany({
      where: { id: { in: accounts.map(({ tenantId }) => tenantId) } },
    });
    const tenantOf = new Map(
      accounts.map(({ accountId, tenantId }) => {
        const name = tenants.find(({ id }) => id === tenantId)?.name ?? tenantId;
        return [accountId, { id: tenantId, name }] as const;
      }),
    );
    const moves = page.rows.map((row) => ({
      ...toMove(row),
      by: names.get(row.requestedById) ?? row.requestedById,
      tenant: tenantOf.get(row.accountId) ?? null,
    }));
    return { ...page, rows: moves };
  });
}

type Column = "createdAt" | "requestedAt";

function afterRow(column: Column, { at, id }: { at: Date; id: string }) {
  return { OR: [{ [column]: { lt: at } }, { [column]: at, id: { lt: id } }] };
}
