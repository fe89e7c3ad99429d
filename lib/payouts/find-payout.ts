import type { StripePayout } from "#lib/db/generated/client";
import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import { type Reader, requireReader } from "#lib/payouts/reader";

type Asked = {
  payoutId: string;
  /** Whose it is, for the platform's eyes; empty: the platform's own. */
  account?: string | undefined;
};

/** A payout whoever asks may read. Refuses one that is not theirs, as if there were none. */
export async function findPayoutFor(
  ctx: Reader,
  { payoutId, account }: Asked,
): Promise<StripePayout> {
  const whose = requireReader(ctx);
  const found = await view(ctx, (tx) =>
    tx.stripePayout.findFirst({
      where: { AND: [whose, account === undefined ? {} : { account }], id: payoutId },
    }),
  );
  if (!found || found.isDeleted) throw new Refusal("not_found", "There is no such payout.");
  return found;
}
