import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import { queueMail } from "#lib/mail/queue-mail";
import type { Currency } from "#lib/money/currency";
import { formatMoney } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { tenantPermissions } from "#lib/tenancy/permissions";

/** Writes to a tenant's money people that what a payment owes them has not reached them yet. */
export async function mailSettlingFailed(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const { tenantId, reference, data } = fact;
  if (!tenantId) return;
  const { name, slug } = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const amount = formatMoney(money(BigInt(String(data.minor)), data.currency as Currency));
  const words =
    data.saleKind === "separate"
      ? `${amount} of a payment to ${name} has not been passed on yet`
      : `${amount} of a fee has not been given back to ${name} yet`;
  const members = await tx.member.findMany({
    where: { tenantId, role: { in: [...tenantPermissions["payouts:read"]] } },
    include: { user: { select: { email: true } } },
  });
  for (const { userId, user } of members) {
    await queueMail(tx, ctx, {
      ...{ template: "payments-account", reference: `${reference}:${userId}`, to: user.email },
      data: {
        ...{ tenant: name, heading: words },
        lines: [
          `Stripe's reason: ${data.error}`,
          "Nothing is lost. It is tried again by itself, and as soon as your account can take it.",
        ],
        ...{ action: "See the payment", path: `/${slug}/payments/${data.saleId}` },
      },
    });
  }
}
