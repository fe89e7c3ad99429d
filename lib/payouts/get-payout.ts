import { view } from "#lib/db/transaction";
import { type Covering, readCovering } from "#lib/payouts/covering";
import { findPayoutFor } from "#lib/payouts/find-payout";
import { type Payout, toPayout } from "#lib/payouts/payout";
import { type Composition, readComposition } from "#lib/payouts/read-composition";
import type { Reader } from "#lib/payouts/reader";
import type { Sum } from "#lib/payouts/sum";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PayoutTarget } from "#lib/stripe/gateway-payouts";

/** A payout with all that is known of how it came about. */
export type PayoutTrace = Payout & {
  tenant: { id: string; name: string; slug: string } | null;
  /** What it is made of; null where Stripe does not say, or has not yet. */
  composition: Composition | null;
  /** Of a manual payout, what had become available before it. */
  covering: Covering | null;
  /** Who asked for it, and what Stripe took for it, where it was asked for here. */
  askedBy: { name: string; at: Date } | null;
  fee: Sum | null;
  /** The bank account or card; null: it is gone, or Stripe did not answer. */
  target: PayoutTarget | null;
  /** In which later payout the money went out again, where this one came back. */
  carriedBy: string | null;
};

/** A payout and its trace: to each charge, fee, refund and dispute in it, and to the bank. */
export async function getPayout(
  ctx: Reader,
  { payoutId, account }: { payoutId: string; account?: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<PayoutTrace> {
  const row = await findPayoutFor(ctx, { payoutId, account });
  const payout = toPayout(row);
  const key = { account: payout.account, payoutId };
  const kept = await view(ctx, async (tx) => {
    const move = await tx.moneyMove.findFirst({ where: { stripeId: payoutId, kind: "payout" } });
    const asker = move && (await tx.user.findUnique({ where: { id: move.requestedById } }));
    const back = await tx.payoutPart.findFirst({ where: { ...of(payout), sourceId: payoutId } });
    const composition = payout.parts === "itemised" ? await readComposition(tx, key) : null;
    const tenant = await tx.tenant.findUnique({
      ...{ where: { id: payout.tenantId ?? "" }, select: { id: true, name: true, slug: true } },
    });
    const fee = move?.feeMinor ?? null;
    return {
      ...{ tenant, composition, carriedBy: back?.payoutId ?? null },
      askedBy: move ? { name: asker?.name ?? "Somebody", at: move.requestedAt } : null,
      fee: fee === null ? null : { minor: fee, currency: payout.amount.currency },
    };
  });
  const [covering, target] = await Promise.all([
    payout.parts === "not_itemised" && payout.amount.minor > 0n
      ? readCovering(ctx, payout, gateway)
      : null,
    findTarget(payout, gateway),
  ]);
  return { ...payout, ...kept, covering, target };
}

const of = ({ account }: Payout) => ({ account });

/** The page stands without the bank's name, so an outage leaves it out. */
async function findTarget({ account, targetId }: Payout, gateway: StripeGateway) {
  if (!account || !targetId) return null;
  try {
    const targets = await gateway.listPayoutTargets(account);
    return targets.find(({ id }) => id === targetId) ?? null;
  } catch {
    return null;
  }
}
