import { z } from "zod";
import { nodeKindNames } from "#lib/trace/node";

/** What a trace begins at, as an address says it. */
export const traceId = z.string().trim().min(1).max(300);

export const traceQuery = z.object({
  kind: z
    .enum(nodeKindNames)
    .optional()
    .describe("What the id is of, where more than one thing is called so."),
  scope: z
    .string()
    .trim()
    .max(100)
    .optional()
    .describe("Where it is: an account, of usage a tenant, of an entry its book."),
  width: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .describe("How many of each kind are followed at each place."),
});
export type TraceQuery = z.output<typeof traceQuery>;
