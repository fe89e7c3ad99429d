import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { Currency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** Somebody who paid the tenant, with what they paid and got back, by currency. */
export type BuyerView = {
  id: string;
  email: string;
  name: string | null;
  firstAt: Date;
  lastAt: Date;
  payments: number;
  paid: Money[];
};

type Row = Omit<BuyerView, "payments" | "paid">;
type Sum = { id: string; currency: Currency; payments: bigint; minor: bigint };

/** The tenant's customers, whoever paid last first, one page at a time. */
export async function listBuyers(
  ctx: TenantContext,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<Page<BuyerView>> {
  requirePermission(ctx, "payments:read");
  const { tenantId } = ctx;
  const { at, id } = cursor === undefined ? { at: null, id: "" } : decodeCursor(cursor);
  const older = at && { OR: [{ lastAt: { lt: at } }, { lastAt: at, id: { lt: id } }] };
  return read(ctx, (tx) =>
    tx.buyer.findMany({
      where: { tenantId, ...older },
      orderBy: [{ lastAt: "desc" }, { id: "desc" }],
      take: pageSize + 1,
    }),
  );
}

/** One of them. */
export async function getBuyer(
  ctx: TenantContext,
  { customerId: id }: { customerId: string },
): Promise<BuyerView> {
  requirePermission(ctx, "payments:read");
  const { tenantId } = ctx;
  const { rows } = await read(ctx, (tx) => tx.buyer.findMany({ where: { tenantId, id } }));
  if (!rows[0]) throw new Refusal("not_found", "There is no such customer.");
  return rows[0];
}

type Find = (tx: Parameters<Parameters<typeof view>[1]>[0]) => Promise<Row[]>;

async function read(ctx: TenantContext, find: Find): Promise<Page<BuyerView>> {
  return view(ctx, async (tx) => {
    const page = toPage(await find(tx), pageSize, (row) => ({ at: row.lastAt, id: row.id }));
    const ids = page.rows.map(({ id }) => id);
    const sums =
      ids.length === 0
        ? []
        : await tx.$queryRaw<Sum[]>`
          select buyer_id as id, currency, count(*) as payments, sum(amount_minor)::bigint as minor
          from sales where status = 'succeeded' and buyer_id in (${Prisma.join(ids)})
          group by buyer_id, currency order by currency`;
    const rows = page.rows.map(({ id, email, name, firstAt, lastAt }) => {
      const own = sums.filter((sum) => sum.id === id);
      const payments = own.reduce((all, sum) => all + Number(sum.payments), 0);
      const paid = own.map(({ minor, currency }) => money(minor, currency));
      return { id, email, name, firstAt, lastAt, payments, paid };
    });
    return { rows, next: page.next };
  });
}
