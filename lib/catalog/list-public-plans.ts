import type { PublicPlan } from "#lib/catalog/plan";
import { toPlan, wholeVersion } from "#lib/catalog/read-version";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";

/** The plans on offer, cheapest place first: the newest published version of each. For anyone. */
export function listPublicPlans(ctx: Context): Promise<PublicPlan[]> {
  return view(ctx, async (tx) => {
    const rows = await tx.planVersion.findMany({
      where: { status: "published", plan: { kind: "base", retiredAt: null } },
      include: wholeVersion,
      orderBy: [{ plan: { position: "asc" } }, { number: "desc" }],
      distinct: ["planId"],
    });
    return rows.map(toPlan);
  });
}
