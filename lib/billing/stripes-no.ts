import { Refusal } from "#lib/errors";
import { logger } from "#lib/log";
import { isAboutDiscounts, isStripesNo } from "#lib/stripe/ask";

/** Where Stripe will not have it, the person is told; why is for us to read. */
export function refuseStripesNo(error: unknown): never {
  if (!isStripesNo(error)) throw error;
  logger.error({ error }, "Stripe refused to draw up a change");
  if (isAboutDiscounts(error)) {
    const message = "Stripe does not take this code for this plan. Nothing was changed.";
    throw new Refusal("invalid", message, { field: "code" });
  }
  throw new Refusal("conflict", "Stripe does not take this change. Nothing was changed.");
}
