import { view } from "#lib/db/transaction";
import { type CountRunInput, countedAtMost, handledUntil, phraseFor } from "#lib/events/inbox-run";
import { countInbox } from "#lib/events/scan-inbox";
import type { PlatformContext } from "#lib/tenancy/context";
import { requirePlatform } from "#lib/tenancy/permissions";

export type RunCount = {
  /** At most one more than are counted. */
  count: number;
  isMore: boolean;
  /** The instant the count speaks for, to be sent along with the act. */
  asOf: Date;
  /** What is to be typed, where many are meant. */
  phrase: string | null;
};

/** How many events an act would be done to, without doing it. */
export async function countRun(
  ctx: PlatformContext,
  { act, filter }: CountRunInput,
): Promise<RunCount> {
  requirePlatform(ctx, "events:replay");
  const asOf = ctx.now();
  const count = await view(ctx, (tx) =>
    countInbox(tx, filter, [handledUntil(asOf)], countedAtMost + 1),
  );
  return { count, isMore: count > countedAtMost, asOf, phrase: phraseFor(act, count) };
}
