import { findAccount } from "#lib/connect/find-account";
import { Refusal } from "#lib/errors";
import { drawOf } from "#lib/payouts/draw";
import { type CurrencyBalance, getBalances } from "#lib/payouts/get-balances";
import type { PayoutPreviewInput } from "#lib/payouts/input";
import { drawInstantly } from "#lib/payouts/instant";
import { formatSum, type Sum } from "#lib/payouts/sum";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";
import type { SourceType } from "#lib/stripe/gateway-balances";
import type { PayoutTarget } from "#lib/stripe/gateway-payouts";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

/** What a payout would do, before it does. */
export type PayoutPreview = {
  amount: Sum;
  /** What Stripe takes for it; of an instant payout of a part, about so much. */
  fee: Sum;
  isFeeEstimated: boolean;
  /** What can be paid out this way now: send it as `seenMinor`. */
  most: Sum;
  /** What is left of that. */
  leaves: Sum;
  arrivesIn: "minutes" | "days";
  target: PayoutTarget;
  /** The kind of money it draws on, where there are several. */
  sourceType: SourceType | null;
};

/** Says what a payout costs, where it goes and what it leaves. Refuses what cannot be paid out. */
export async function previewPayout(
  ctx: TenantContext,
  input: PayoutPreviewInput,
  gateway: StripeGateway = stripeGateway(),
): Promise<PayoutPreview> {
  requirePermission(ctx, "payouts:create");
  await findAccount(ctx, "payouts");
  const { currencies, targets, settings } = await getBalances(ctx, gateway);
  if (!settings.isEnabled) {
    const message = "Stripe pays this account nothing out until it has what it asks for.";
    throw new Refusal("conflict", `${message} Onboarding shows what that is.`);
  }
  const balance = currencies.find(({ currency }) => currency === input.currency);
  const target = requireTarget(balance, targets, input);
  return input.method === "instant"
    ? previewInstant(balance!, target, input)
    : previewStandard(balance!, target, input);
}

function requireTarget(
  balance: CurrencyBalance | undefined,
  targets: readonly PayoutTarget[],
  { targetId, method, currency }: PayoutPreviewInput,
): PayoutTarget {
  const name = currency.toUpperCase();
  const chosen = method === "instant" ? balance?.instant?.targetId : balance?.target?.id;
  const target = targets.find(({ id }) => id === (targetId ?? chosen ?? balance?.target?.id));
  if (!balance || !target || target.currency !== currency) {
    const message = `No bank account here takes ${name}. Add one under Payouts, then pay out.`;
    throw new Refusal("conflict", message, { field: targetId ? "targetId" : "currency" });
  }
  if (target.isErrored) {
    const bank = `${target.name ?? "the bank account"} •••• ${target.last4}`;
    const message = `A payout to ${bank} failed, so Stripe sends nothing there. Replace it first.`;
    throw new Refusal("conflict", message, { field: "targetId" });
  }
  if (method === "instant" && !target.takesInstant) {
    const message = "This bank account takes no instant payouts; a standard one costs nothing.";
    throw new Refusal("conflict", message, { field: "method" });
  }
  return target;
}

function previewStandard(
  balance: CurrencyBalance,
  target: PayoutTarget,
  { minor, currency }: PayoutPreviewInput,
): PayoutPreview {
  const sum = (amount: bigint): Sum => ({ minor: amount, currency });
  const { available, bySource } = balance;
  const { most, sourceType } = drawOf({ ...available, bySource }, minor);
  if (minor > most) throw tooMuch(balance, most);
  return {
    ...{ amount: sum(minor), fee: sum(0n), isFeeEstimated: false, most: sum(most) },
    ...{ leaves: sum(most - minor), arrivesIn: "days", target, sourceType },
  };
}

function previewInstant(
  { instant }: CurrencyBalance,
  target: PayoutTarget,
  { minor, currency }: PayoutPreviewInput,
): PayoutPreview {
  const amount: Sum = { minor, currency };
  const draw = drawInstantly(instant, amount);
  return { amount, ...draw, arrivesIn: "minutes", target, sourceType: null };
}

/** How much there is, and when more of it lands. */
function tooMuch({ landing, currency }: CurrencyBalance, most: bigint): Refusal {
  const there = formatSum({ minor: most > 0n ? most : 0n, currency });
  const [next] = landing.filter(({ amount }) => amount.minor > 0n);
  const more = next
    ? ` ${formatSum(next.amount)} more is available from ${next.day.toISOString().slice(0, 10)}.`
    : "";
  return new Refusal("invalid", `At most ${there} can be paid out now.${more}`, {
    field: "minor",
  });
}
