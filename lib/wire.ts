import { z } from "zod";
import { type Currency, currencies } from "#lib/money/currency";

/** How values look in the API's JSON: the parts that the `answer` of a route is made of. */

/** An instant in UTC. */
export const instant = z.iso.datetime().meta({
  id: "Instant",
  description: "An instant in UTC, after RFC 3339.",
  examples: ["2026-11-21T09:30:00.000Z"],
});

/** A whole number too large for a JSON number, such as minor units, as a string of digits. */
export const wholeNumber = z
  .string()
  .regex(/^-?\d+$/)
  .meta({
    id: "WholeNumber",
    description: "A whole number as a string, so that no reader rounds it.",
    examples: ["120000"],
  });

export const currency = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]).meta({
  id: "Currency",
  description: "ISO 4217, in lower case.",
});

/** An amount of money. */
export const amount = z.object({ minor: wholeNumber, currency }).meta({
  id: "Amount",
  description: "Money in whole minor units of its currency: 120000 in usd is $1,200.00.",
});

/** What any list answers: one page of rows, and the cursor that the next page begins with. */
export function pageOf<Row extends z.ZodType>(row: Row) {
  return z.object({
    rows: z.array(row),
    next: z
      .string()
      .nullable()
      .describe("Send it as `cursor` for the next page. Null: this is the last."),
  });
}
