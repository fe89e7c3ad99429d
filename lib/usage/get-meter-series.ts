import { z } from "zod";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission } from "#lib/tenancy/permissions";
import { getSeries, type SeriesPoint } from "#lib/usage/get-series";
import { knownMeters } from "#lib/usage/known-meters";

const hourMs = 3_600_000;
const stepMs = { hour: hourMs, day: 24 * hourMs };
const mostPoints = 1_000;

const instant = (example: string) =>
  z.iso
    .datetime({ offset: true, error: "Send a time as text: 2026-11-21T09:30:00Z." })
    .meta({ examples: [example] })
    .transform((text) => new Date(text));

export const seriesQuery = z
  .object({
    meter: z.string().min(1).max(100),
    step: z.enum(["hour", "day"]).default("day"),
    from: instant("2026-11-01T00:00:00Z"),
    to: instant("2026-11-21T00:00:00Z"),
  })
  .refine(({ from, to }) => from < to, { message: "Ends before it begins.", path: ["to"] })
  .refine(({ step, from, to }) => to.getTime() - from.getTime() <= mostPoints * stepMs[step], {
    message: `That is more than ${mostPoints} steps: send a later time, or days in place of hours.`,
    path: ["from"],
  });

/** What a meter counted by the hour or day, for who knows it by its key alone. */
export async function getMeterSeries(
  ctx: TenantContext,
  { meter: meterKey, step, from, to }: z.output<typeof seriesQuery>,
): Promise<{ meter: string; step: "hour" | "day"; points: SeriesPoint[] }> {
  requirePermission(ctx, "usage:read");

  const meter = (await knownMeters(ctx.db, [meterKey])).get(meterKey);
  if (!meter) throw new Refusal("not_found", `There is no meter ${meterKey}.`, { field: "meter" });
  const { aggregation } = meter;
  return {
    ...{ meter: meterKey, step },
    points: await getSeries(ctx, { meterKey, aggregation, step, from, to }),
  };
}
