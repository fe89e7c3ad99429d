import { transact } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { enqueue } from "#lib/jobs/enqueue";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

/**
 * Has Stripe's list of events read now and not only on the hour: of everyone, or of one account
 * (empty: the platform's own). A reading that waits already is not asked for twice.
 */
export async function startBackfill(
  ctx: PlatformContext,
  { account }: { account?: string | undefined } = {},
): Promise<void> {
  requirePlatform(ctx, "events:replay");

  await transact(ctx, "events.start-backfill", async (tx) => {
    if (account === undefined) {
      return enqueue(tx, "events.backfill", {}, { key: "backfill" });
    }
    const known =
      account === "" || (await tx.tenant.count({ where: { stripeAccountId: account } }));
    if (!known) throw new Refusal("not_found", "No tenant has this account.");
    return enqueue(tx, "events.backfill", { account }, { key: `backfill:${account}` });
  });
}
