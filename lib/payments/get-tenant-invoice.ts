import { type InvoicePage, readInvoicePage } from "#lib/billing/invoice-page";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type MoneyActView, toAct } from "#lib/payments/money-act";
import type { PlatformContext } from "#lib/tenancy/context";
import { findNames } from "#lib/tenancy/find-names";
import { requirePlatform } from "#lib/tenancy/permissions";

export type TenantInvoicePage = InvoicePage & {
  tenant: { id: string; name: string };
  /** What our own people did about it, the newest first. */
  acts: (MoneyActView & { by: string })[];
};

/** One invoice of any tenant with all that hangs on it and what was decided about it. */
export async function getTenantInvoice(
  ctx: PlatformContext,
  id: string,
): Promise<TenantInvoicePage> {
  requirePlatform(ctx, "invoices:read");
  const found = await view(ctx, async (tx) => {
    const page = await readInvoicePage(tx, { id });
    if (!page) return null;
    const { tenant } = await tx.invoice.findUniqueOrThrow({
      where: { id },
      select: { tenant: { select: { id: true, name: true } } },
    });
    const acts = await tx.moneyAct.findMany({
      where: { invoiceId: id },
      orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
      take: 100,
    });
    return { ...page, tenant, acts: acts.map(toAct) };
  });
  if (!found) throw new Refusal("not_found", "There is no such invoice.");
  return { ...found, acts: await withNames(ctx, found.acts) };
}

/** The acts about a tenant as a whole: its balance, its exemption. */
export async function listTenantActs(
  ctx: PlatformContext,
  { tenantId }: { tenantId: string },
): Promise<(MoneyActView & { by: string })[]> {
  requirePlatform(ctx, "invoices:read");
  const rows = await view(ctx, (tx) =>
    tx.moneyAct.findMany({
      where: { tenantId, invoiceId: null },
      orderBy: [{ requestedAt: "desc" }, { id: "desc" }],
      take: 50,
    }),
  );
  return withNames(ctx, rows.map(toAct));
}

async function withNames(ctx: PlatformContext, acts: MoneyActView[]) {
  const names = await findNames(
    ctx,
    acts.map(({ requestedById }) => requestedById),
  );
  return acts.map((act) => ({ ...act, by: names.get(act.requestedById) ?? act.requestedById }));
}
