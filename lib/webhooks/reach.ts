import { env } from "#lib/env";
import type { Reach } from "#lib/webhooks/destination";

/** What this installation's webhooks may be sent to, by its environment. */
export function ourReach(): Reach {
  return { allowsLoopback: env().WEBHOOK_LOOPBACK === "yes" };
}
