import { isFree, type PublicPlan } from "#lib/catalog/plan";
import { isOffered } from "#lib/catalog/price-of";
import { toPlan, type VersionRow, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";

type Wanted = {
  plan: string;
  addOns: readonly string[];
  interval: "month" | "year";
  currency: string;
};

/**
 * The versions behind a choice, the plan first, or a refusal that names what is wrong with it. Of
 * what a tenant has already its own version counts; of anything else the newest published one.
 */
export async function findOffered(
  tx: Tx,
  wanted: Wanted,
  owned: readonly PublicPlan[] = [],
): Promise<VersionRow[]> {
  const found = [await findOne(tx, wanted.plan, "base", owned)];
  for (const key of new Set(wanted.addOns)) found.push(await findOne(tx, key, "add_on", owned));
  requireBeside(found);
  for (const version of found) {
    const plan = toPlan(version);
    if (isOffered(plan, wanted)) continue;
    const terms = `${wanted.currency.toUpperCase()} per ${wanted.interval}`;
    throw new Refusal("invalid", `${plan.name} is not offered in ${terms}.`, {
      field: plan.kind === "base" ? "currency" : "addOns",
    });
  }
  return found;
}

async function findOne(
  tx: Tx,
  key: string,
  kind: "base" | "add_on",
  owned: readonly PublicPlan[],
): Promise<VersionRow> {
  const own = owned.find((plan) => plan.key === key)?.versionId;
  const row = await tx.planVersion.findFirst({
    where: own ? { id: own } : { status: "published", plan: { key, kind, retiredAt: null } },
    include: wholeVersion,
    orderBy: { number: "desc" },
  });
  const field = kind === "base" ? "plan" : "addOns";
  if (!row) throw new Refusal("invalid", "There is no such plan.", { field });
  if (isFree({ components: row.components })) {
    const message = `${row.plan.name} costs nothing: nothing is to buy. Cancel to move to it.`;
    throw new Refusal("invalid", message, { field });
  }
  return row;
}

/** An add-on may be sold beside some plans alone. */
function requireBeside([base, ...addOns]: readonly VersionRow[]): void {
  for (const { plan } of addOns) {
    if (!base || plan.besidePlans.length === 0 || plan.besidePlans.includes(base.plan.key))
      continue;
    const message = `${plan.name} is not sold beside ${base.plan.name}. Leave it out.`;
    throw new Refusal("invalid", message, { field: "addOns" });
  }
}
