import { findDraftProblems } from "#lib/catalog/draft-problems";
import type { DraftContent } from "#lib/catalog/input";
import type { DraftProblem } from "#lib/catalog/problem";
import { toPlan, type VersionRow, wholeVersion } from "#lib/catalog/read-version";
import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";

/** The plan, or a refusal. */
export async function findPlan(tx: Tx, planId: string) {
  const plan = await tx.plan.findUnique({ where: { id: planId } });
  if (!plan) throw new Refusal("not_found", "There is no such plan.");
  return plan;
}

/** The version with all it is made of, or a refusal. */
export async function findVersion(tx: Tx, versionId: string): Promise<VersionRow> {
  const version = await tx.planVersion.findUnique({
    where: { id: versionId },
    include: wholeVersion,
  });
  if (!version) throw new Refusal("not_found", "There is no such version.");
  return version;
}

/** The version as long as it is a draft; what is more than that is not edited any more. */
export async function findDraft(tx: Tx, versionId: string): Promise<VersionRow> {
  const version = await findVersion(tx, versionId);
  if (version.status !== "draft") {
    const message = `This version is ${version.status} and never changes. Make a draft of it.`;
    throw new Refusal("conflict", message);
  }
  return version;
}

/** What a version says, as the editor holds it. */
export function contentOf(version: VersionRow): DraftContent {
  const { features, trialDays, trialNeedsCard, components } = toPlan(version);
  return { features, trialDays, trialNeedsCard, components };
}

/** What is wrong with a draft of this plan, by the meters there are. */
export async function problemsOf(
  tx: Tx,
  { plan }: Pick<VersionRow, "plan">,
  content: DraftContent,
): Promise<DraftProblem[]> {
  const meters = await tx.meter.findMany({ select: { key: true } });
  const meterKeys = meters.map(({ key }) => key);
  return findDraftProblems(content, { kind: plan.kind, meterKeys });
}

/** Refuses with the first of what is wrong, and how many more there are. */
export function refuseProblems(problems: readonly DraftProblem[]): void {
  const [first, ...more] = problems;
  if (!first) return;
  const rest = more.length > 0 ? ` There is more to mend: ${more.length}.` : "";
  throw new Refusal("invalid", `${first.message}${rest}`, { field: first.field });
}
