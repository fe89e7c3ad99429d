import { z } from "zod";
import { instant } from "#lib/wire";

/** What the API answers about what wants a person of the platform. */

export const alertAnswer = z
  .object({
    id: z.string(),
    kind: z.string().describe("The kind of fact that raised it, such as `payout.failed`."),
    reference: z.string().describe("The fact itself."),
    objectId: z.string(),
    tenantId: z.string().nullable(),
    tenant: z.object({ id: z.string(), name: z.string() }).nullable(),
    data: z.record(z.string(), z.string().nullable()),
    raisedAt: instant,
    acknowledgedAt: instant.nullable(),
    acknowledgedBy: z.string().nullable(),
    note: z.string().nullable().describe("What was done about it."),
  })
  .meta({ id: "Alert" });
