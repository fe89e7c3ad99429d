import { adminOverviewAnswer } from "#lib/overview/console-answers";
import { getAdminOverview } from "#lib/overview/get-admin-overview";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "platform:read",
  summary: "Get the console overview",
  answer: adminOverviewAnswer,
  run: (ctx) => getAdminOverview(ctx),
});
