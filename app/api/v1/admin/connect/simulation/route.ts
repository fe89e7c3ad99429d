import { simulationAnswer } from "#lib/overview/connect-answers";
import { simulateRequirements, simulationQuery } from "#lib/overview/simulate-requirements";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "tenants:read",
  summary: "See what would stop for whom",
  description: "If what Stripe asks were not given by a day.",
  answer: simulationAnswer,
  query: simulationQuery,
  run: (ctx, { query }) => simulateRequirements(ctx, query),
});
