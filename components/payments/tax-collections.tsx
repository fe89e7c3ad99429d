import type { TaxCollection } from "#lib/billing/collection";

/** For whom tax is collected, as the console says it. */
export const taxWords = {
  off: "Nobody",
  new: "Plans bought from now on",
  all: "Every plan",
} as const satisfies Record<TaxCollection, string>;
