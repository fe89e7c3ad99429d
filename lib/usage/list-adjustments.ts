import { z } from "zod";
import type { UsageAdjustment } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import { type Currency, isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { requirePermission, requirePlatform } from "#lib/tenancy/permissions";
import { plainDecimal } from "#lib/usage/event";

/** An item on an invoice beside Stripe's own count, as lists show it. */
export type AdjustmentRow = {
  id: string;
  tenantId: string;
  tenantName: string;
  invoiceId: string;
  invoiceNumber: string | null;
  component: string;
  why: "minimum" | "cap" | "late";
  amount: Money;
  billed: string;
  counted: string;
  from: Date;
  to: Date;
  createdAt: Date;
  state: "posted" | "waiting" | "waived" | "stuck";
  error: string | null;
};

export const adjustmentQuery = z.object({
  tenantId: z.string().max(100).optional(),
  cursor: z.string().max(200).optional(),
});

/** What was put on invoices beside Stripe's count, of every tenant or of one; the newest first. */
export async function listAdjustments(
  ctx: PlatformContext,
  query: z.output<typeof adjustmentQuery> = {},
): Promise<Page<AdjustmentRow>> {
  requirePlatform(ctx, "rater:read");
  return read(ctx, query);
}

/** The tenant's own. */
export async function listOwnAdjustments(
  ctx: TenantContext,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<Page<AdjustmentRow>> {
  requirePermission(ctx, "usage:read");
  return read(ctx, { tenantId: ctx.tenantId, cursor });
}

async function read(
  ctx: PlatformContext | TenantContext,
  { tenantId, cursor }: z.output<typeof adjustmentQuery>,
): Promise<Page<AdjustmentRow>> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  return view(ctx, async (tx) => {
    const rows = await tx.usageAdjustment.findMany({
      where: {
        ...(tenantId !== undefined && { tenantId }),
        ...(after && {
          createdAt: { lte: after.at },
          NOT: { createdAt: after.at, id: { gte: after.id } },
        }),
      },
      ...{ orderBy: [{ createdAt: "desc" }, { id: "desc" }], take: pageSize + 1 },
    });
    const [tenants, invoices] = await Promise.all([
      tx.tenant.findMany({
        where: { id: { in: rows.map((row) => row.tenantId) } },
        select: { id: true, name: true },
      }),
      tx.invoice.findMany({
        where: { id: { in: rows.map(({ invoiceId }) => invoiceId) } },
        select: { id: true, number: true },
      }),
    ]);
    const names = new Map(tenants.map(({ id, name }) => [id, name]));
    const numbers = new Map(invoices.map(({ id, number }) => [id, number]));
    const all = rows.map((row) => ({
      ...toRow(row),
      tenantName: names.get(row.tenantId) ?? "",
      invoiceNumber: numbers.get(row.invoiceId) ?? null,
    }));
    return toPage(all, pageSize, ({ createdAt, id }) => ({ at: createdAt, id }));
  });
}

function toRow(row: UsageAdjustment) {
  const { id, tenantId, invoiceId, componentKey: component, createdAt, error } = row;
  const currency: Currency = isCurrency(row.currency) ? row.currency : "usd";
  const waits = error === null ? ("waiting" as const) : ("stuck" as const);
  const state = row.waivedAt ? ("waived" as const) : row.postedAt ? ("posted" as const) : waits;
  return {
    ...{ id, tenantId, invoiceId, component, createdAt, error, state },
    ...{ why: row.why as AdjustmentRow["why"], amount: money(row.amountMinor, currency) },
    ...{ billed: plainDecimal(row.billed.toFixed()), counted: plainDecimal(row.counted.toFixed()) },
    ...{ from: row.periodStartAt, to: row.periodEndAt },
  };
}
