import { entitlementsAnswer } from "#lib/entitlements/answers";
import { getEntitlements } from "#lib/entitlements/get-entitlements";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "entitlements:read",
  summary: "See what a workspace may use",
  description: "The same as `GET /entitlements`, with the workspace in the path.",
  answer: entitlementsAnswer,
  run: (ctx) => getEntitlements(ctx),
});
