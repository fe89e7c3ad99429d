import type { Policy } from "#lib/connect/hold-rules";
import type { Tx } from "#lib/db/client";

/** The one row there is. */
export const policyId = "platform";

/** The rules of payouts as they are now; all are off until somebody turns one on. */
export async function readPolicy(tx: Tx): Promise<Policy> {
  const kept = await tx.connectPolicy.findUnique({
    where: { id: policyId },
    omit: { id: true, changedAt: true, changedById: true },
  });
  const off = { identityFirst: false, payoutPayments: 0, payoutDays: 0, confirmMonths: 0 };
  return kept ?? { ...off, confirmGraceDays: 14 };
}
