import type { Tx } from "#lib/db/client";

/** What happens when a payment fails. */
export type GracePolicy = {
  /** Days after the failure in which everything goes on. */
  graceDays: number;
  /** Features of the plan that stay after that, beside what is free. */
  keeps: string[];
};

/** The rules of a platform that has not set its own. */
export const defaultGracePolicy: GracePolicy = { graceDays: 7, keeps: [] };

export const platformPolicyId = "platform";

/** The rules of a plan version, or else the platform's, or else those it begins with. */
export async function readGracePolicy(tx: Tx, versionId: string | null): Promise<GracePolicy> {
  const rows = await tx.gracePolicy.findMany({
    where: { id: { in: versionId ? [versionId, platformPolicyId] : [platformPolicyId] } },
  });
  return rows.find(({ id }) => id === versionId) ?? rows[0] ?? defaultGracePolicy;
}
