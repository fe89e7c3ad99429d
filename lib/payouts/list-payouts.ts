import { z } from "zod";
import type { Tx } from "#lib/db/client";
import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { type Payout, payoutStatuses, toPayout } from "#lib/payouts/payout";
import { type Reader, requireReader } from "#lib/payouts/reader";

export const payoutsFilter = z.object({
  status: z.enum(payoutStatuses).optional(),
  currency: z.string().trim().toLowerCase().max(3).optional(),
  /** A charge, refund, dispute or transfer: the payouts that took it along. */
  source: z.string().trim().max(100).optional(),
});
export const payoutsQuery = payoutsFilter.extend({ cursor: z.string().max(200).optional() });
export const allPayoutsQuery = payoutsQuery.extend({
  /** A tenant's id, slug or name; `platform` for our own. */
  tenant: z.string().trim().max(100).optional(),
});
export type PayoutsQuery = z.output<typeof allPayoutsQuery>;

/** A payout in a list, with whether its parts add up where they were read. */
export type ListedPayout = Payout & {
  tenant: { name: string; slug: string } | null;
  /** What the parts leave unexplained; null: they were not read. */
  missingMinor: bigint | null;
};

/** Payouts, the newest first: a tenant's own, or with the platform's eyes everyone's. */
export async function listPayouts(
  ctx: Reader,
  query: PayoutsQuery = {},
): Promise<Page<ListedPayout>> {
  const whose = requireReader(ctx);
  return view(ctx, async (tx) => {
    const rows = await tx.stripePayout.findMany({
      where: { AND: [whose, ...(await filtersOf(tx, query))], isDeleted: false },
      ...{ orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    });
    const found = rows.map(toPayout);
    const page = toPage(found, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
    return { ...page, rows: await withWhose(tx, page.rows) };
  });
}

async function withWhose(tx: Tx, rows: readonly Payout[]): Promise<ListedPayout[]> {
  const tenants = await tx.tenant.findMany({
    where: { id: { in: rows.flatMap(({ tenantId }) => tenantId ?? []) } },
    select: { id: true, name: true, slug: true },
  });
  const traces = await tx.payoutTrace.findMany({
    where: { payoutId: { in: rows.map(({ id }) => id) }, readAt: { not: null } },
  });
  const byId = new Map(tenants.map((tenant) => [tenant.id, tenant]));
  const missing = new Map(
    traces.map((one) => [`${one.account} ${one.payoutId}`, one.payoutMinor - one.partsMinor]),
  );
  return rows.map((row) => {
    const tenant = byId.get(row.tenantId ?? "");
    return {
      ...row,
      tenant: tenant ? { name: tenant.name, slug: tenant.slug } : null,
      missingMinor: missing.get(`${row.account} ${row.id}`) ?? null,
    };
  });
}

async function filtersOf(
  tx: Tx,
  { status, currency, source, tenant, cursor }: PayoutsQuery,
): Promise<Prisma.StripePayoutWhereInput[]> {
  const filters: Prisma.StripePayoutWhereInput[] = [];
  if (status) filters.push({ status });
  if (currency) filters.push({ currency });
  if (tenant) filters.push(await tenantFilter(tx, tenant));
  if (source) {
    const parts = await tx.payoutPart.findMany({ where: { sourceId: source }, take: 100 });
    filters.push({ id: { in: parts.map(({ payoutId }) => payoutId) } });
  }
  if (cursor) {
    const { at, id } = decodeCursor(cursor);
    filters.push({ createdAt: { lte: at } });
    filters.push({ OR: [{ createdAt: { lt: at } }, { createdAt: at, id: { lt: id } }] });
  }
  return filters;
}

/** The objects of one tenant, or of the platform itself, by what a person types. */
export async function tenantFilter(tx: Tx, typed: string): Promise<OfTenants> {
  if (typed.toLowerCase() === "platform") return { account: "" };
  const name = { contains: typed, mode: Prisma.QueryMode.insensitive };
  const found = await tx.tenant.findMany({
    where: { OR: [{ id: typed }, { slug: typed }, { name }] },
    ...{ select: { id: true }, take: 200 },
  });
  return { tenantId: { in: found.map(({ id }) => id) } };
}

export type OfTenants = { account: string } | { tenantId: { in: string[] } };
