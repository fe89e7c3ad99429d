import { z } from "zod";
import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { checkInvoice } from "#lib/rater/check-invoice";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { asSystem } from "#lib/tenancy/as-system";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export const settlement = z.object({ note: z.string().trim().min(3).max(1000) });

/** A person looked into what differs and says why it may stand. Other figures bring it back. */
export async function settleCheck(
  ctx: PlatformContext,
  { invoiceId, note }: { invoiceId: string } & z.infer<typeof settlement>,
): Promise<void> {
  requirePlatform(ctx, "rater:settle");

  await transact(ctx, "rater.settle-check", async (tx) => {
    const { count } = await tx.invoiceCheck.updateMany({
      where: { invoiceId, verdict: { not: "equal" }, settledAt: null },
      data: { settledAt: ctx.now(), settledById: ctx.userId, note },
    });
    if (count > 0) return;
    const found = await tx.invoiceCheck.findUnique({ where: { invoiceId } });
    if (!found) throw new Refusal("not_found", "This invoice was not worked out anew.");
    throw new Refusal("conflict", "There is nothing to settle here, or somebody did.");
  });
}

/** Works one invoice out again, now. */
export async function repeatCheck(
  ctx: PlatformContext,
  { invoiceId }: { invoiceId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<void> {
  requirePlatform(ctx, "rater:settle");

  const done = await checkInvoice(asSystem(ctx), { invoiceId }, gateway);
  if (!done) throw new Refusal("not_found", "There is no final invoice of a tenant by this id.");
}
