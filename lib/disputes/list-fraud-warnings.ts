import { Prisma } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import type { StripeCharge, Sum } from "#lib/disputes/dispute";
import { isSale } from "#lib/disputes/store";
import { decodeCursor, type Page, pageSize, toPage } from "#lib/keyset";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** What a card's bank warned of. While it is actionable a refund still helps. */
export type FraudWarning = {
  id: string;
  chargeId: string | null;
  paymentIntentId: string | null;
  fraudType: string | null;
  isActionable: boolean;
  warnedAt: Date;
  /** Null while the payment has not been heard of. */
  amount: Sum | null;
  customerEmail: string | null;
};

type Row = Omit<FraudWarning, "amount" | "customerEmail"> & { charge: StripeCharge | null };

/** Warnings about the tenant's payments, the newest first. */
export async function listFraudWarnings(
  ctx: TenantContext,
  { cursor }: { cursor?: string | undefined } = {},
): Promise<Page<FraudWarning>> {
  requirePermission(ctx, "payments:read");

  return view(ctx, async (tx) => {
    const after = cursor ? decodeCursor(cursor) : null;
    const beyond = after
      ? Prisma.sql`and (d.created_at, d.id) < (${after.at}, ${after.id})`
      : Prisma.empty;
    const rows = await tx.$queryRaw<Row[]>`
      select d.id, d.charge_id as "chargeId", d.payment_intent_id as "paymentIntentId",
        d.fraud_type as "fraudType", d.created_at as "warnedAt", p.object as charge,
        d.is_actionable as "isActionable"
      from stripe_fraud_warnings d
        left join stripe_charges p on p.account = d.account and p.id = d.charge_id
      where d.tenant_id = ${ctx.tenantId} and not d.is_deleted and ${isSale} ${beyond}
      order by d.created_at desc, d.id desc limit ${pageSize + 1}`;
    return toPage(rows.map(warningOf), pageSize, ({ warnedAt, id }) => ({ at: warnedAt, id }));
  });
}

function warningOf({ charge, ...row }: Row): FraudWarning {
  const amount = charge && { minor: BigInt(charge.amount), currency: charge.currency };
  const email = charge?.billing_details.email ?? charge?.receipt_email ?? null;
  return { ...row, amount, customerEmail: email };
}
