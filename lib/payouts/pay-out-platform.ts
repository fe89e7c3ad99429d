import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { requireStoppable } from "#lib/payouts/cancel-payout";
import { type DrawOnOurs, drawOnOurs } from "#lib/payouts/draw-on-ours";
import { instantOf } from "#lib/payouts/get-balances";
import type { ActInput, PlatformPayoutInput, PlatformPayoutPreviewInput } from "#lib/payouts/input";
import { drawInstantly } from "#lib/payouts/instant";
import type { MoneyMoveView } from "#lib/payouts/money-move";
import { runMove } from "#lib/payouts/run-move";
import { formatSum, type Sum } from "#lib/payouts/sum";
import { toStripeInteger } from "#lib/stripe/amounts";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/** What a payout of the platform's own would do, before it does. */
export type PlatformPayoutPreview = DrawOnOurs & {
  /** What Stripe takes for it; of an instant payout of a part, about so much. */
  fee: Sum;
  isFeeEstimated: boolean;
  arrivesIn: "minutes" | "days";
  /** Where an instant payout goes; a standard one goes where Stripe has it for the currency. */
  targetId: string | null;
};

/**
 * Says what a payout to the platform's bank costs and leaves. What is held for accounts whose
 * losses the platform bears is not available, so it is never paid out. Refuses an instant one where
 * Stripe offers none, with what it needs.
 */
export async function previewPlatformPayout(
  ctx: PlatformContext,
  { method, ...wanted }: PlatformPayoutPreviewInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<PlatformPayoutPreview> {
  requirePlatform(ctx, "money:update");
  if (method === "instant") return previewInstant(wanted, gateway);
  const draw = await drawOnOurs(gateway, wanted, (most) => {
    return `At most ${most} of ours can be paid out now.`;
  });
  const fee: Sum = { minor: 0n, currency: wanted.currency };
  return { ...draw, fee, isFeeEstimated: false, arrivesIn: "days", targetId: null };
}

/**
 * Stripe says with the balance where money can be within minutes and what arrives there, which is
 * all of the platform's own bank accounts and cards that is asked.
 * https://docs.stripe.com/payouts/instant-payouts
 */
async function previewInstant(
  { currency, minor }: { currency: string; minor: bigint },
  gateway: StripeGateway,
): Promise<PlatformPayoutPreview> {
  const balance = await gateway.readBalance("");
  const instant = instantOf(balance, currency, []);
  if (!instant) {
    const none = `Stripe offers no instant payout of ours in ${currency.toUpperCase()} now.`;
    const needs = "It takes money that is there, and a debit card or bank account that takes them.";
    throw new Refusal("conflict", `${none} ${needs} A standard one costs nothing.`, {
      field: "method",
    });
  }
  const amount: Sum = { minor, currency };
  const draw = drawInstantly(instant, amount);
  const { targetId } = instant;
  return { amount, ...draw, arrivesIn: "minutes", targetId, sourceType: null };
}

/**
 * Pays out of the platform's balance to its bank: to the account Stripe has for the currency, or,
 * at once and for a fee, to the one that takes instant payouts.
 */
export async function payOutPlatform(
  ctx: PlatformContext,
  { key, why, seenMinor, ...wanted }: PlatformPayoutInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  return runMove(ctx, gateway, { key, kind: "payout", accountId: "" }, async () => {
    const preview = await previewPlatformPayout(ctx, wanted, gateway);
    const { amount, most, sourceType, targetId } = preview;
    if (most.minor !== seenMinor) {
      const there = formatSum(most);
      const message = `The balance changed meanwhile: ${there} can be paid out. Look again.`;
      throw new Refusal("conflict", message, { field: "seenMinor" });
    }
    const { currency, method } = wanted;
    const sent = { accountId: "", currency, method, amount: toStripeInteger(amount.minor) };
    const where = { ...(targetId && { destination: targetId }), ...(sourceType && { sourceType }) };
    return { amount, reason: why, ask: { ...sent, ...where } };
  });
}

/** Stops a payout of the platform's own that has not left: the money stays in its balance. */
export async function cancelPlatformPayout(
  ctx: PlatformContext,
  { payoutId, key, why }: ActInput & { payoutId: string },
  gateway: StripeGateway = stripeGateway(),
): Promise<MoneyMoveView> {
  requirePlatform(ctx, "money:update");
  const where = { account_id: { account: "", id: payoutId } };
  const payout = await view(ctx, (tx) => tx.stripePayout.findUnique({ where }));
  if (!payout) throw new Refusal("not_found", "There is no such payout of ours.");
  const asked = { key, kind: "payout_cancel", accountId: "", objectId: payoutId } as const;
  return runMove(ctx, gateway, asked, async () => {
    await requireStoppable(gateway, { accountId: "", payoutId }, payout.isAutomatic);
    const amount = { minor: payout.amountMinor!, currency: payout.currency! };
    return { amount, reason: why, ask: { accountId: "", payoutId } };
  });
}
