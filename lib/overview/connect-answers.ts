import { z } from "zod";
import { attentionKindNames } from "#lib/overview/attention";
import { instant, wholeNumber } from "#lib/wire";

/** What the API answers the platform's people about accounts that want them. */

const stake = z.object({ minor: wholeNumber, currency: z.string() });
const tenant = z.object({ id: z.string(), name: z.string() });

export const attentionAnswer = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(attentionKindNames),
        ...{ objectId: z.string(), tenant, detail: z.string() },
        amounts: z.array(stake).describe("What is at stake."),
        ...{ by: instant.nullable(), since: instant },
        bearer: z
          .enum(["stripe", "application"])
          .nullable()
          .describe("Of a balance below nothing: who loses what is never made good."),
      }),
    ),
    counts: z.record(z.enum(attentionKindNames), z.int()),
    isCut: z.boolean().describe("There are more than are shown."),
  })
  .meta({ id: "Attention" });

export const bulkAnswer = z.object({
  rows: z.array(
    z.object({
      ...{ tenantId: z.string(), name: z.string(), isTouched: z.boolean() },
      what: z.string().describe("What happens to it, or why it is left as it is."),
    }),
  ),
});

export const simulationAnswer = z
  .object({
    rows: z.array(
      z.object({
        tenant,
        missing: z.array(
          z.object({
            ...{ description: z.string(), name: z.string() },
            ...{ by: instant.nullable(), isFuture: z.boolean() },
          }),
        ),
        stops: z.array(z.string()),
        amounts: z.array(stake),
      }),
    ),
    total: z.array(stake),
    requirements: z.array(
      z.object({ description: z.string(), name: z.string(), tenants: z.int() }),
    ),
    isCut: z.boolean(),
  })
  .meta({ id: "RequirementSimulation" });
