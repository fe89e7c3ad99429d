import { type ChangeChoice, changeUnderWay, type PlanTerms } from "#lib/billing/change";
import { findUnsettled } from "#lib/billing/change-standing";
import { type ChangeView, toChange } from "#lib/billing/change-view";
import { type FormerPlan, readFormer } from "#lib/billing/read-former";
import type { SubscriptionChange } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { isCurrency } from "#lib/money/currency";
import { type Money, money } from "#lib/money/money";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";

export type ChangeState = {
  /** Being made, or waiting for its payment. */
  underWay: ChangeView | null;
  /** Planned for the period's end. */
  scheduled: ChangeView | null;
  /** The first invoice of what is planned, as Stripe drew it up then; usage of until then extra. */
  planned: { planName: string; total: Money; at: Date } | null;
  /** When a pause is over by itself. */
  resumesAt: Date | null;
  /** What the workspace had before, where it has nothing now: one step brings it back. */
  former: FormerPlan | null;
};

/** What is going on with a tenant's plan beside what it is. */
export async function getChangeState(ctx: TenantContext): Promise<ChangeState> {
  requirePermission(ctx, "billing:read");

  return view(ctx, async (tx) => {
    const { tenantId } = ctx;
    const underWay = await findUnsettled(tx, tenantId, changeUnderWay);
    const scheduled = await findUnsettled(tx, tenantId, ["scheduled"]);
    const pause = await tx.subscriptionChange.findFirst({
      where: { tenantId, kind: "pause", status: "applied", resumesAt: { not: null } },
      orderBy: { createdAt: "desc" },
    });
    return {
      underWay: underWay && toChange(underWay),
      scheduled: scheduled && toChange(scheduled),
      planned: scheduled && plannedOf(scheduled),
      resumesAt: pause?.resumesAt ?? null,
      former: await readFormer(tx, tenantId),
    };
  });
}

type Drawn = { next: { total: { minor: string; currency: string }; at: string } | null };

function plannedOf({ choice, preview }: SubscriptionChange): ChangeState["planned"] {
  const { kind, ...chosen } = choice as unknown as ChangeChoice;
  const next = (preview as Drawn | null)?.next;
  if (kind !== "plan" || !next || !isCurrency(next.total.currency)) return null;
  const { planName } = (chosen as { to: PlanTerms }).to;
  const total = money(BigInt(next.total.minor), next.total.currency);
  return { planName, total, at: new Date(next.at) };
}
