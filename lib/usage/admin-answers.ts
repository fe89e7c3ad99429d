import { z } from "zod";
import { aggregations } from "#lib/usage/meter";
import { amount, instant } from "#lib/wire";

const quantity = z.string().describe("An exact decimal.");

export const meterAnswer = z
  .object({
    ...{ key: z.string(), name: z.string(), aggregation: z.enum(aggregations) },
    ...{ unit: z.string().nullable(), eventName: z.string(), stripeMeterId: z.string().nullable() },
    deactivatedAt: instant.nullable().describe("Usage of it is refused from then on."),
    plans: z.array(z.string()).describe("Plans on sale that use it."),
    tenants: z.number().describe("Whose usage it counted in the last thirty days."),
    lastHour: instant.nullable(),
  })
  .meta({ id: "Meter" });

export const adjustmentAnswer = z
  .object({
    ...{ id: z.string(), tenantId: z.string(), tenantName: z.string() },
    invoiceId: z.string().describe("The invoice of the period it belongs to."),
    ...{ invoiceNumber: z.string().nullable(), component: z.string() },
    why: z.enum(["minimum", "cap", "late"]),
    amount: amount.describe("Below zero is given back."),
    billed: quantity.describe("What Stripe had counted."),
    counted: quantity.describe("What the events say."),
    ...{ from: instant, to: instant, createdAt: instant },
    state: z.enum(["posted", "waiting", "waived", "stuck"]),
    error: z.string().nullable(),
  })
  .meta({ id: "UsageAdjustment" });
