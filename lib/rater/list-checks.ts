import { z } from "zod";
import type { InvoiceCheck, Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { type LineCheck, type SumCheck, verdicts } from "#lib/rater/judge-invoice";
import type { PlatformContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export const checkQuery = z.object({
  cursor: z.string().max(200).optional(),
  verdict: z.enum(verdicts).optional(),
  /** Whether a person has looked into it. */
  state: z.enum(["open", "settled"]).optional(),
  /** An invoice's id or number, a subscription's or a tenant's id. */
  q: z.string().trim().max(100).optional(),
});
export type CheckQuery = z.infer<typeof checkQuery>;

/** How many invoices there are of each verdict; `open` are those that differ and nobody settled. */
export type CheckCounts = { equal: number; different: number; unexplained: number; open: number };

export type CheckRow = Omit<InvoiceCheck, "lines" | "sums" | "settledById" | "version"> & {
  tenantName: string;
};
export type CheckDetail = CheckRow & {
  lines: LineCheck[];
  sums: SumCheck[];
  settledBy: string | null;
};

/** Invoices that were worked out anew, the newest first, and how many of each verdict. */
export async function listChecks(
  ctx: PlatformContext,
  query: CheckQuery = {},
): Promise<Page<CheckRow> & { counts: CheckCounts }> {
  requirePlatform(ctx, "rater:read");

  return view(ctx, async (tx) => {
    const found = await tx.invoiceCheck.findMany({
      where: { AND: filtersOf(query) },
      orderBy: [{ finalizedAt: "desc" }, { invoiceId: "desc" }],
      take: pageSize + 1,
      omit: { lines: true, sums: true, settledById: true, version: true },
    });
    const page = toPage(found, pageSize, (one) => ({ at: one.finalizedAt, id: one.invoiceId }));
    const tenants = await tx.tenant.findMany({
      where: { id: { in: page.rows.map(({ tenantId }) => tenantId) } },
      select: { id: true, name: true },
    });
    const names = new Map(tenants.map(({ id, name }) => [id, name]));
    const rows = page.rows.map((row) => ({ ...row, tenantName: names.get(row.tenantId) ?? "" }));
    return { ...page, rows, counts: await countChecks(tx) };
  });
}

/** One invoice with both calculations. */
export async function getCheck(ctx: PlatformContext, invoiceId: string): Promise<CheckDetail> {
  requirePlatform(ctx, "rater:read");

  return view(ctx, async (tx) => {
    const found = await tx.invoiceCheck.findUnique({ where: { invoiceId } });
    if (!found) throw new Refusal("not_found", "This invoice was not worked out anew.");
    const { lines, sums, settledById, version: _, ...row } = found;
    const tenant = await tx.tenant.findUnique({ where: { id: row.tenantId } });
    const names = await namesOf(tx, settledById ? [settledById] : []);
    return {
      ...{ ...row, tenantName: tenant?.name ?? "" },
      lines: lines as unknown as LineCheck[],
      sums: sums as unknown as SumCheck[],
      settledBy: settledById && (names.get(settledById) ?? settledById),
    };
  });
}

/** The counts of every verdict, for the console's overview too. */
export async function countChecks(
  tx: Pick<Prisma.TransactionClient, "invoiceCheck">,
): Promise<CheckCounts> {
  const groups = await tx.invoiceCheck.groupBy({ by: ["verdict"], _count: true });
  const of = (verdict: string) => groups.find((one) => one.verdict === verdict)?._count ?? 0;
  const open = await tx.invoiceCheck.count({
    where: { verdict: { not: "equal" }, settledAt: null },
  });
  return {
    ...{ equal: of("equal"), different: of("different"), unexplained: of("unexplained") },
    open,
  };
}

function filtersOf({ cursor, verdict, state, q }: CheckQuery): Prisma.InvoiceCheckWhereInput[] {
  const filters: Prisma.InvoiceCheckWhereInput[] = [];
  if (verdict) filters.push({ verdict });
  if (state === "settled") filters.push({ settledAt: { not: null } });
  if (state === "open") filters.push({ settledAt: null, verdict: { not: "equal" } });
  if (q) {
    const names = [{ invoiceId: q }, { number: q }, { subscriptionId: q }, { tenantId: q }];
    filters.push({ OR: names });
  }
  if (cursor) {
    const { at, id } = decodeCursor(cursor);
    filters.push({
      OR: [{ finalizedAt: { lt: at } }, { finalizedAt: at, invoiceId: { lt: id } }],
    });
  }
  return filters;
}
