import { isUniqueViolation, transact, view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { enqueue } from "#lib/jobs/enqueue";
import { carryOutRefund } from "#lib/selling/carry-out-refund";
import type { SaleRefundInput } from "#lib/selling/input";
import { type RefundView, toRefund } from "#lib/selling/refund";
import { judgeRefund, readRefundStanding, usuallyReturnsFee } from "#lib/selling/refund-standing";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import { asSystem } from "#lib/tenancy/as-system";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

type Asked = SaleRefundInput & { saleId: string };

/**
 * Gives some or all of a payment back, once for a key, never more than is left of it. The decision
 * is written down under the payment's lock before Stripe is asked; what Stripe refuses in the end
 * is a refusal too, and stays written down.
 */
export async function refundSale(
  ctx: TenantContext,
  input: Asked,
  gateway: StripeGateway = stripeGateway(),
): Promise<RefundView> {
  requirePermission(ctx, "payments:refund");
  const decided = (await findSame(ctx, input)) ?? (await decide(ctx, input));
  const ended =
    decided.status === "requested"
      ? await carryOutRefund(ctx, { refundId: decided.id }, gateway)
      : decided;
  if (ended.status === "failed") throw new Refusal("conflict", ended.error!);
  return ended;
}

const graceMs = 15_000;

async function decide(ctx: TenantContext, input: Asked): Promise<RefundView> {
  const { saleId, key, reason, note } = input;
  const { tenantId, userId: requestedById } = ctx;
  const requestedAt = ctx.now();
  const id = newId("saleRefund", requestedAt);
  try {
    // The fee policy is the platform's, so it is read with the system's reach.
    return await transact(asSystem(ctx), "selling.refund-sale", async (tx) => {
      await tx.$queryRaw`select from sales
        where id = ${saleId} and tenant_id = ${tenantId} for update`;
      const standing = await readRefundStanding(tx, { saleId, tenantId });
      const returnsFee = input.returnsFee ?? (await usuallyReturnsFee(tx, standing.sale));
      const { minor, borne } = judgeRefund(standing, { minor: input.minor, returnsFee });
      const row = await tx.saleRefund.create({
        data: {
          ...{ id, key, tenantId, saleId, status: "requested", amountMinor: minor, note },
          ...{ currency: standing.sale.currency, returnsFee, reason: reason ?? null },
          ...{ feeBackMinor: borne.feeBack.minor, reversedMinor: borne.reversed.minor },
          ...{ requestedById, requestedAt },
        },
      });
      // Whoever asked does it at once; the job is for the case that they die over it.
      const runAt = new Date(requestedAt.getTime() + graceMs);
      await enqueue(
        tx,
        "selling.carry-out-refund",
        { refundId: id },
        { key: `refund:${id}`, runAt },
      );
      return toRefund(row);
    });
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    return (await findSame(ctx, input))!;
  }
}

/** The refund that was asked for under this key before. */
async function findSame(ctx: TenantContext, { saleId, key, minor }: Asked) {
  const where = { tenantId_key: { tenantId: ctx.tenantId, key } };
  const row = await view(ctx, (tx) => tx.saleRefund.findUnique({ where }));
  if (!row) return null;
  if (row.saleId === saleId && row.amountMinor === minor) return toRefund(row);
  const message = "This key was used for another refund; open the page anew.";
  throw new Refusal("conflict", message, { field: "key" });
}
