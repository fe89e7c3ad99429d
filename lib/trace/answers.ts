import { z } from "zod";
import { edgeNames } from "#lib/trace/edge";
import { nodeKindNames } from "#lib/trace/node";
import { instant, wholeNumber } from "#lib/wire";

/** What the API answers about a trace. */

const key = z.object({
  kind: z.enum(nodeKindNames),
  scope: z
    .string()
    .describe(
      "The account it is in (empty: the platform's own), of usage the tenant, or the book.",
    ),
  id: z.string(),
});

export const traceAnswer = z
  .object({
    start: key,
    nodes: z.array(
      key.extend({
        tenantId: z.string().nullable(),
        at: instant.nullable(),
        amount: z.object({ minor: wholeNumber, currency: z.string() }).nullable(),
        quantity: z.string().nullable().describe("Of usage, in the meter's unit. A decimal."),
        counted: z
          .string()
          .nullable()
          .describe("Of a line of usage, what our own count of its period comes to."),
        state: z.string().nullable(),
        name: z.string().nullable().describe("What people call it: a number, a reference."),
        note: z
          .enum(["not_itemised", "awaited", "voided", "not_billed", "missing"])
          .nullable()
          .describe(
            "`not_itemised`: Stripe does not say what a manual payout is made of. `missing`: it is referred to, and not here.",
          ),
        of: z.string().nullable().describe("What a balance transaction or an entry is of."),
      }),
    ),
    edges: z.array(z.object({ from: key, to: key, name: z.enum(edgeNames) })),
    rest: z
      .array(
        z.object({
          at: key,
          name: z.enum(edgeNames),
          why: z.enum(["more", "beside"]).describe("`beside`: held there, and of another trace."),
          count: z.int(),
          isLeast: z.boolean().describe("And then some that were not counted."),
        }),
      )
      .describe("What is left out."),
    isCut: z.boolean().describe("It goes on past what was read. Begin further on."),
    alsoNamed: z.array(key).describe("What else has this id: ask with its `kind` and `scope`."),
  })
  .meta({ id: "Trace", description: "Everything one thing leads to, on its way to the bank." });
