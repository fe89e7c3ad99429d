import type { CheckoutChoice } from "#lib/billing/checkout";
import type { CheckoutInput } from "#lib/billing/input";
import { isFree, type PublicPlan } from "#lib/catalog/plan";
import { isOffered } from "#lib/catalog/price-of";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";

/** The published version behind a choice, or a refusal that names what is wrong with it. */
export async function choosePlan(tx: Tx, input: CheckoutInput): Promise<CheckoutChoice> {
  const row = await tx.planVersion.findFirst({
    where: { status: "published", plan: { key: input.plan } },
    include: wholeVersion,
    orderBy: { number: "desc" },
  });
  if (!row) throw new Refusal("invalid", "There is no such plan.", { field: "plan" });
  const plan = toPlan(row);
  if (isFree(plan)) {
    throw new Refusal("invalid", `${plan.name} costs nothing: there is nothing to buy.`, {
      field: "plan",
    });
  }
  const { interval, currency } = input;
  if (!isOffered(plan, { interval, currency })) {
    const wanted = `${currency.toUpperCase()} per ${interval}`;
    throw new Refusal("invalid", `${plan.name} is not offered in ${wanted}.`, {
      field: "currency",
    });
  }
  return { versionId: plan.versionId, interval, currency, seats: hasSeats(plan) ? input.seats : 1 };
}

function hasSeats({ components }: PublicPlan): boolean {
  return components.some(({ kind }) => kind === "seat");
}
