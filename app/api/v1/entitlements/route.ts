import { entitlementsAnswer } from "#lib/entitlements/answers";
import { getEntitlements } from "#lib/entitlements/get-entitlements";
import { route } from "#lib/web/route";

export const GET = route({
  who: "key",
  permission: "entitlements:read",
  summary: "See what the workspace may use",
  description: "Its features, what is left of each, its seats, and why it stands as it does.",
  answer: entitlementsAnswer,
  run: (ctx) => getEntitlements(ctx),
});
