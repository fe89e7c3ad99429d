import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { Fact } from "#lib/events/converger";
import { queueMail } from "#lib/mail/queue-mail";
import { type FailureMend, failureOf } from "#lib/payouts/failure";
import { formatSum, type Sum } from "#lib/payouts/sum";
import type { StripeObjects } from "#lib/stripe/object-types";

type Words = { heading: string; lines: string[]; action: string };
type About = { tenant: string; amount: string; payoutId: string };

/** What to do about a failure, for whoever gets the mail. */
const mends: Record<FailureMend, string> = {
  replace: "Put the bank details right or add another account; then pay out again.",
  "ask-bank": "Ask your bank, or add another account; then pay out again.",
  retry: "Nothing has to be changed: the next payout takes the money along.",
  fund: "Once the balance covers it, pay out again.",
};

/** Writes to a tenant's money people that a payout came back, why, and what to do. */
export async function mailPayoutFailed(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const payout = await tx.stripePayout.findFirst({
    where: { id: String(fact.data.payoutId), tenantId: fact.tenantId },
  });
  const { failure_message: said } = (payout?.object ?? {}) as Partial<StripeObjects["payout"]>;
  const code = typeof fact.data.failure === "string" ? fact.data.failure : null;
  const { mend, stops } = failureOf(code);
  await write(tx, ctx, fact, ({ amount, tenant }) => ({
    heading: `A payout of ${amount} to ${tenant}'s bank failed`,
    lines: [
      said ? `The bank's reason: ${said}` : "The bank gave no reason.",
      "The money is back in your balance. Nothing is lost.",
      stops ? `Stripe sends nothing more there until it is mended. ${mends[mend]}` : mends[mend],
    ],
    action: "See the payout",
  }));
}

/** Writes of the first payout that arrived: every other one is on the page and in the feed. */
export async function mailFirstPayout(tx: Tx, fact: Fact, ctx: Context): Promise<void> {
  const { tenantId } = fact;
  const paid = await tx.fact.count({ where: { tenantId, kind: "payout.paid" } });
  if (paid > 1) return;
  await write(tx, ctx, fact, ({ amount, tenant }) => ({
    heading: `The first payout of ${tenant} arrived: ${amount}`,
    lines: [
      "It shows each payment, fee and refund in it, down to the cent.",
      "Payouts go on by your schedule; you can change that, or pay out by hand.",
    ],
    action: "See what is in it",
  }));
}

async function write(
  tx: Tx,
  ctx: Context,
  { tenantId, reference, data }: Fact,
  wordsFor: (about: About) => Words,
): Promise<void> {
  if (!tenantId) return;
  const tenant = await tx.tenant.findUniqueOrThrow({ where: { id: tenantId } });
  const sum: Sum = { minor: BigInt(String(data.minor)), currency: String(data.currency) };
  const payoutId = String(data.payoutId);
  const { action, ...words } = wordsFor({ tenant: tenant.name, amount: formatSum(sum), payoutId });
  const members = await tx.member.findMany({
    where: { tenantId, role: { in: ["owner", "admin", "finance"] } },
    include: { user: { select: { email: true } } },
  });
  const path = `/${tenant.slug}/payouts/${payoutId}`;
  for (const { userId, user } of members) {
    await queueMail(tx, ctx, {
      ...{ template: "payments-account", reference: `${reference}:${userId}`, to: user.email },
      data: { tenant: tenant.name, ...words, action, path },
    });
  }
}
