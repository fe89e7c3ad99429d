import { z } from "zod";
import type { MeterUsage } from "#lib/usage/get-usage";
import { limitActs, limitMeasures } from "#lib/usage/limit";
import { aggregations } from "#lib/usage/meter";
import { amount, instant } from "#lib/wire";

/** What the API answers about usage. */

const quantity = z.string().describe("An exact decimal.");

export const receiptAnswer = z
  .object({
    accepted: z.number().describe("Stored and counted now."),
    duplicates: z.number().describe("Taken before under the same key, and not counted again."),
    refused: z.array(
      z.object({
        index: z.number().describe("Its place in what was sent, from 0."),
        key: z.string().nullable(),
        status: z.number().describe("What it would be answered with by itself."),
        code: z.string(),
        field: z.string().describe("The field at fault."),
        detail: z.string().describe("What is wrong, and what to do."),
      }),
    ),
  })
  .meta({ id: "UsageReceipt", description: "What became of the events of one request." });

export const usageEventAnswer = z
  .object({
    ...{ key: z.string(), meter: z.string(), at: instant, value: quantity },
    unique: z.string().nullable(),
    dimensions: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).nullable(),
    receivedAt: instant,
    state: z.enum(["counted", "replaced", "voided"]),
  })
  .meta({ id: "UsageEvent" });

export const usageAnswer = z
  .object({
    meters: z.array(
      z.object({
        ...{ meter: z.string(), name: z.string(), unit: z.string().nullable() },
        ...{ aggregation: z.enum(aggregations), from: instant, to: instant, quantity },
        cost: amount.nullable().describe("So far, before tax. Null: the plan has no price for it."),
        forecast: z
          .object({ quantity, cost: amount.nullable() })
          .nullable()
          .describe("What the period may come to. Null before an hour has passed."),
        hardCap: quantity.nullable().describe("Past this, usage is refused with 402."),
      }),
    ),
  })
  .meta({ id: "Usage", description: "What was used in the current period." });

export const usageLimitAnswer = z
  .object({
    id: z.string(),
    meterKey: z.string(),
    act: z.enum(limitActs),
    measure: z.enum(limitMeasures).describe("`spend` is in minor units of what it costs."),
    amount: quantity,
  })
  .meta({ id: "UsageLimit" });

export const usageSeriesAnswer = z
  .object({
    meter: z.string(),
    step: z.enum(["hour", "day"]),
    points: z.array(z.object({ at: instant.describe("When the step begins."), quantity })),
  })
  .meta({ id: "UsageSeries" });

/** A page of usage as the API says it. */
export function toUsageAnswer(meters: readonly MeterUsage[]) {
  return {
    meters: meters.map(({ meter, name, unit, from, to, quantity: used, cost, forecast, gate }) => ({
      ...{ meter: meter.key, name, unit, aggregation: meter.aggregation, from, to, quantity: used },
      cost: cost?.total ?? null,
      forecast: forecast && { quantity: forecast.quantity, cost: forecast.cost?.total ?? null },
      hardCap: gate?.most ?? null,
    })),
  };
}
