import { usageSeriesAnswer } from "#lib/usage/answers";
import { getMeterSeries, seriesQuery } from "#lib/usage/get-meter-series";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "usage:read",
  summary: "See a meter by the hour or day",
  description: "Every step in its place, also those in which nothing was used; at most 1,000.",
  answer: usageSeriesAnswer,
  query: seriesQuery,
  run: (ctx, { query }) => getMeterSeries(ctx, query),
});
