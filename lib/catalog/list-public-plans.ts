import type { PlanKind, PublicPlan } from "#lib/catalog/plan";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";

/** The plans on offer, cheapest place first: the newest published version of each. For anyone. */
export function listPublicPlans(ctx: Context): Promise<PublicPlan[]> {
  return listOffered(ctx, "base");
}

/** What is on offer to be bought beside a plan. For anyone. */
export function listPublicAddOns(ctx: Context): Promise<PublicPlan[]> {
  return listOffered(ctx, "add_on");
}

function listOffered(ctx: Context, kind: PlanKind): Promise<PublicPlan[]> {
  return view(ctx, async (tx) => {
    const rows = await tx.planVersion.findMany({
      where: { status: "published", plan: { kind, retiredAt: null } },
      include: wholeVersion,
      orderBy: [{ plan: { position: "asc" } }, { number: "desc" }],
      distinct: ["planId"],
    });
    return rows.map(toPlan);
  });
}
