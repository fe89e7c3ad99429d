import { findPublishing } from "#lib/catalog/get-publishing";
import type { DraftInput } from "#lib/catalog/input";
import type { PlanKind, PublicPlan } from "#lib/catalog/plan";
import type { VersionStatus } from "#lib/catalog/plan-version";
import type { DraftProblem } from "#lib/catalog/problem";
import type { PublishingView } from "#lib/catalog/publishing";
import { toPlan, type VersionRow } from "#lib/catalog/read-version";
import { contentOf, findVersion, problemsOf } from "#lib/catalog/store";
import { view } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type VersionDetail = {
  id: string;
  plan: { id: string; key: string; kind: PlanKind; name: string; besidePlans: string[] };
  number: number;
  status: VersionStatus;
  createdAt: Date;
  publishedAt: Date | null;
  retiredAt: Date | null;
  /** What it says, ready to be edited and sent back. */
  draft: DraftInput;
  /** What it says, as anyone may see it and the rater prices it. */
  offer: PublicPlan;
  /** What keeps a draft from being published; nothing where it is published. */
  problems: DraftProblem[];
  /** The newest run that made or compared it at Stripe. */
  publishing: PublishingView | null;
};

/** One version with all it says. */
export async function getVersion(
  ctx: PlatformContext,
  { versionId }: { versionId: string },
): Promise<VersionDetail> {
  requirePlatform(ctx, "plans:read");

  return view(ctx, async (tx) => {
    const version = await findVersion(tx, versionId);
    const content = contentOf(version);
    const isDraft = version.status === "draft";
    return {
      ...factsOf(version),
      draft: { revision: version.revision, ...content },
      offer: toPlan(version),
      problems: isDraft ? await problemsOf(tx, version, content) : [],
      publishing: await findPublishing(tx, versionId),
    };
  });
}

function factsOf({ plan, ...version }: VersionRow) {
  const { id, number, status, createdAt, publishedAt, retiredAt } = version;
  const { key, kind, name, besidePlans } = plan;
  return {
    ...{ id, number, status, createdAt, publishedAt, retiredAt },
    plan: { id: plan.id, key, kind, name, besidePlans },
  };
}
