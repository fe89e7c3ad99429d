import type { Context } from "#lib/context";
import { listen } from "#lib/db/listen";
import { countDue } from "#lib/events/claim";
import { partitionCount } from "#lib/events/delivery";

const everywhere = Array.from({ length: partitionCount }, (_, partition) => partition);

/**
 * Resolves once no event is due in the whole inbox, whichever worker handles it, nor will be within
 * seconds. What fails again and again is not waited for.
 */
export async function awaitInbox(ctx: Context): Promise<void> {
  const soon = { ...ctx, now: () => new Date(ctx.now().getTime() + 5_000) };
  let hear = () => {};
  const ear = listen(ctx.db.pool, "inbox_done", () => hear());
  try {
    for (;;) {
      // Listens before it looks, so that what ends in between is heard.
      const heard = new Promise<void>((resolve) => {
        hear = resolve;
        setTimeout(resolve, 1_000).unref();
      });
      if ((await countDue(soon, everywhere)) === 0) return;
      await heard;
    }
  } finally {
    await ear.stop();
  }
}
