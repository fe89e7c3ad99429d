import type { CheckoutChoice } from "#lib/billing/checkout";
import { readCollection, termsOfCheckout } from "#lib/billing/collection";
import { findOffered } from "#lib/billing/find-offered";
import type { CheckoutInput } from "#lib/billing/input";
import type { PublicPlan } from "#lib/catalog/plan";
import { toPlan } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import { invariant } from "#lib/errors";
import type { PromotionCode } from "#lib/stripe/gateway-discounts";

/**
 * The published versions behind a choice, or a refusal that names what is wrong with it. A trial is
 * for who never had a plan; without a card only where the plan allows it.
 */
export async function choosePlan(
  tx: Tx,
  tenantId: string,
  input: CheckoutInput,
  code: PromotionCode | null,
): Promise<CheckoutChoice> {
  const { interval, currency, addOns = [], card = "now", page = "hosted" } = input;
  const found = await findOffered(tx, { plan: input.plan, addOns, interval, currency });
  const [base, ...beside] = found;
  invariant(base, "a plan was found");
  const plan = toPlan(base.version);
  const hadPlan = (await tx.subscription.count({ where: { tenantId } })) > 0;
  const trialDays = hadPlan ? 0 : plan.trialDays;
  return {
    ...{ versionId: plan.versionId, interval, currency, trialDays },
    seats: hasSeats(plan) ? input.seats : 1,
    needsCard: trialDays === 0 || plan.trialNeedsCard || card === "now",
    isEmbedded: page === "embedded",
    code: code?.code ?? null,
    promotionCodeId: code?.id ?? null,
    ...termsOfCheckout(await readCollection(tx)),
    addOnVersionIds: beside.map(({ version }) => version.id),
    addOnQuantities: beside.map(({ quantity }) => quantity),
  };
}

function hasSeats({ components }: PublicPlan): boolean {
  return components.some(({ kind }) => kind === "seat");
}
