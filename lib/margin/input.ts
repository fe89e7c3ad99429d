import { z } from "zod";
import { type Figure, figureNames } from "#lib/margin/figures";
import { currency } from "#lib/wire";

/** By what margin is told apart. */
export const dimensions = {
  tenant: { label: "Tenant", plural: "Tenants", none: "No tenant" },
  plan: { label: "Plan", plural: "Plans", none: "No plan" },
  country: { label: "Country", plural: "Countries", none: "Not known" },
  method: { label: "Method", plural: "Payment methods", none: "No payment behind it" },
} as const;
export type Dimension = keyof typeof dimensions;
export const dimensionNames = Object.keys(dimensions) as Dimension[];

/** What stands in an address for those that say nothing of it. */
export const none = "none";

/** Spans that move with the day, in UTC. */
export const periods = {
  "30d": "Last 30 days",
  month: "This month",
  last_month: "Last month",
  year: "This year",
} as const;
export type Period = keyof typeof periods;

const day = z.iso.date();
const part = z.string().trim().min(1).max(200);

const span = {
  period: z.enum(Object.keys(periods) as [Period, ...Period[]]).default("30d"),
  from: day.optional().describe("The first day, in UTC. With `to`, in place of a period."),
  to: day.optional().describe("The last day, in UTC; today where it is left out."),
};
const filters = {
  currency: currency.optional(),
  tenant: part.optional().describe("A tenant's id, or `none`."),
  plan: part.optional().describe("A plan's key, or `none`."),
  country: part.optional().describe("After ISO 3166, or `none`."),
  method: part.optional().describe("Stripe's word for how was paid, or `none`."),
};
export type Filters = { readonly [Name in Dimension]?: string | undefined };

const sorts = ["net", ...figureNames] as const;
export type Sort = "net" | Figure;

export const marginQuery = z.object({
  ...{ ...span, ...filters },
  by: z.enum(dimensionNames as [Dimension, ...Dimension[]]).default("tenant"),
  sort: z.enum(sorts as unknown as [Sort, ...Sort[]]).default("net"),
  order: z.enum(["most", "least"]).default("most"),
});
export type MarginQuery = z.output<typeof marginQuery>;

export const marginMoveQuery = z.object({
  ...{ ...span, ...filters },
  figure: z
    .enum(sorts as unknown as [Sort, ...Sort[]])
    .default("net")
    .describe("Which figure's moves; `net` is those of all but the volume."),
  cursor: z.string().max(200).optional(),
});
export type MarginMoveQuery = z.output<typeof marginMoveQuery>;

/** Whole days in UTC: from the first instant to just before the last. */
export type Span = { from: Date; before: Date };
const dayMs = 86_400_000;

/** The days a query is about. A day named wins over a period; what is turned round is put right. */
export function spanOf(
  { period, from, to }: { period: Period; from?: string | undefined; to?: string | undefined },
  now: Date,
): Span {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const today = Date.UTC(year, month, now.getUTCDate());
  const starts: Record<Period, number> = {
    "30d": today - 29 * dayMs,
    month: Date.UTC(year, month, 1),
    last_month: Date.UTC(year, month - 1, 1),
    year: Date.UTC(year, 0, 1),
  };
  if (!from && !to) {
    const end = period === "last_month" ? Date.UTC(year, month, 1) : today + dayMs;
    return { from: new Date(starts[period]), before: new Date(end) };
  }
  const last = to ? Date.parse(to) : today;
  const first = from ? Date.parse(from) : last - 29 * dayMs;
  const [low, high] = first <= last ? [first, last] : [last, first];
  return { from: new Date(low), before: new Date(high + dayMs) };
}
