import { z } from "zod";
import type { StripeReport } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

const activity = "balance_change_from_activity.itemized.1";
const longestMs = 366 * 86_400_000;

export const reportInput = z.object({
  book: z.string().max(255).default("platform"),
  from: z.iso.datetime().meta({ examples: ["2026-10-01T00:00:00.000Z"] }),
  to: z.iso.datetime().meta({ examples: ["2026-11-01T00:00:00.000Z"] }),
});

/** Has Stripe write down what moved an account's balance, and compares it as a second word. */
export async function requestReport(
  ctx: PlatformContext,
  { book, from, to }: z.infer<typeof reportInput>,
): Promise<{ id: string }> {
  requirePlatform(ctx, "reconciliation:run");

  const [fromAt, toAt] = [new Date(from), new Date(to)];
  if (fromAt >= toAt || toAt > ctx.now() || toAt.getTime() - fromAt.getTime() > longestMs) {
    const message = "Name a time that is over, its beginning first, and a year at most.";
    throw new Refusal("unprocessable", message, { field: "to" });
  }
  const id = newId("stripeReport");
  await transact(ctx, "reconciliation.request-report", async (tx) => {
    if (!(await tx.ledgerBook.findUnique({ where: { key: book } }))) {
      throw new Refusal("not_found", `There is no book ${book}.`, { field: "book" });
    }
    await tx.stripeReport.create({
      data: {
        ...{ id, source: "reporting", book, type: activity, fromAt, toAt, status: "asked" },
        ...{ askedById: ctx.userId, askedAt: ctx.now() },
      },
    });
    await enqueue(tx, "reconciliation.report", { reportId: id }, { key: `report:${id}` });
  });
  return { id };
}

/** The latest reports, and what came of them. */
export function listReports(ctx: PlatformContext): Promise<StripeReport[]> {
  requirePlatform(ctx, "reconciliation:read");

  return view(ctx, (tx) => tx.stripeReport.findMany({ orderBy: { askedAt: "desc" }, take: 25 }));
}

/** Accounts a report can be of: the platform, then tenants by their names. */
export async function listReportBooks(
  ctx: PlatformContext,
): Promise<{ value: string; label: string }[]> {
  requirePlatform(ctx, "reconciliation:read");

  return view(
    ctx,
    (tx) => tx.$queryRaw<{ value: string; label: string }[]>`
      select b.key as value, coalesce(t.name, 'Platform') as label
      from ledger_books b left join tenants t on t.id = b.tenant_id
      order by b.key <> 'platform', 2, 1 limit 500`,
  );
}
