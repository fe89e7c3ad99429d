import { z } from "zod";
import { instant } from "#lib/wire";

const decimal = z.string().describe("A decimal as a string, so that no reader rounds it.");

/** What the API answers about what a workspace may use. */
export const entitlementsAnswer = z
  .object({
    tenantId: z.string(),
    plan: z.object({ key: z.string(), name: z.string(), versionId: z.string().nullable() }),
    standing: z.object({
      state: z.enum(["all", "grace", "restricted", "free"]),
      status: z.string().describe("Stripe's word for the subscription, or `none`."),
      why: z.string(),
      since: instant.nullable(),
      until: instant.nullable().describe("When it changes by itself, where it does."),
      mend: z.object({ what: z.string(), path: z.string() }).nullable(),
    }),
    features: z.array(
      z.object({
        key: z.string(),
        name: z.string(),
        limit: decimal.nullable().describe("The most of it in a period. Null: no limit."),
        used: decimal.nullable().describe("So far in this period. Null: nothing counts it."),
        left: decimal.nullable(),
      }),
    ),
    seats: z
      .object({
        bought: z.number(),
        taken: z.number(),
        left: z.number(),
        limit: z.number().nullable(),
      })
      .nullable()
      .describe("Null where the plan is not sold by seats."),
    period: z.object({ start: instant, end: instant }),
    revision: z.number().describe("Grows with every change of what may be used."),
    asOf: instant,
  })
  .meta({ id: "Entitlements" });

export const gracePolicyAnswer = z
  .object({
    id: z.string().describe("`platform`, or the plan version whose rules they are."),
    name: z.string(),
    isOwn: z.boolean().describe("False: it follows the platform's."),
    graceDays: z.int().describe("Days after the failure in which everything goes on."),
    keeps: z.array(z.string()).describe("Features that stay after that."),
    features: z.array(z.object({ key: z.string(), name: z.string() })),
  })
  .meta({ id: "GracePolicy" });
