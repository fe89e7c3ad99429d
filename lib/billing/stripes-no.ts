import { Refusal } from "#lib/errors";
import { logger } from "#lib/log";
import { isStripesNo } from "#lib/stripe/ask";

/** Where Stripe will not have it, the person is told; why is for us to read. */
export function refuseStripesNo(error: unknown): never {
  if (!isStripesNo(error)) throw error;
  logger.error({ error }, "Stripe refused to draw up a change");
  throw new Refusal("conflict", "Stripe does not take this change. Nothing was changed.");
}
