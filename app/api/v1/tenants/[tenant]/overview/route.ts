import { tenantOverviewAnswer } from "#lib/overview/answers";
import { getTenantOverview } from "#lib/overview/get-tenant-overview";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "tenant:read",
  summary: "Get the workspace's overview",
  description: "What its first page says to the person who asks.",
  people: true,
  answer: tenantOverviewAnswer,
  run: (ctx) => getTenantOverview(ctx),
});
