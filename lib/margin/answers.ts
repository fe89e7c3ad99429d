import { z } from "zod";
import { type AccountCode, accountCodes } from "#lib/ledger/chart";
import { type Figure, figures } from "#lib/margin/figures";
import { dimensionNames } from "#lib/margin/input";
import { currency, instant, wholeNumber } from "#lib/wire";

/** What the API answers about margin. Amounts are minor units of the one currency asked for. */

const sums = Object.fromEntries(
  Object.entries(figures).map(([name, { sentence }]) => [name, wholeNumber.describe(sentence)]),
) as Record<Figure, typeof wholeNumber>;

const weighed = z.object({
  ...sums,
  net: wholeNumber.describe("What was earned, less all costs."),
  takeRateBps: z.int().nullable().describe("Platform fees by volume, in hundredths of a percent."),
  netRateBps: z.int().nullable().describe("What is left of what was earned."),
});
const span = z.object({
  from: instant,
  before: instant.describe("Everything that was so before this counts."),
});

export const marginAnswer = z
  .object({
    ...{ asOf: instant, span, currency, currencies: z.array(currency) },
    by: z.enum(dimensionNames as [string, ...string[]]),
    total: weighed,
    rows: z.array(
      weighed.extend({
        key: z.string().describe("Empty for what nothing says it of."),
        name: z.string(),
      }),
    ),
    others: weighed
      .extend({ count: z.int() })
      .nullable()
      .describe("Those past the first hundred, summed."),
  })
  .meta({ id: "Margin" });

export const marginMovesAnswer = z
  .object({
    ...{ asOf: instant, span, currency },
    total: weighed.describe("The sum of the whole list."),
    rows: z.array(
      z.object({
        ...{ entryId: wholeNumber, position: z.int(), accountId: z.int() },
        ...{ reference: z.string(), kind: z.string(), effectiveAt: instant, currency },
        code: z.enum(accountCodes as [AccountCode, ...AccountCode[]]),
        minor: wholeNumber.describe("Below zero where it lessened what was earned."),
        ...{ tenantId: z.string(), plan: z.string(), country: z.string(), method: z.string() },
      }),
    ),
    next: z.string().nullable(),
  })
  .meta({ id: "MarginMoves" });
