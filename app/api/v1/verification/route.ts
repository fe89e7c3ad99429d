import { requestVerification } from "#lib/tenancy/request-verification";
import { route } from "#lib/web/route";

export const POST = route({
  who: "person",
  summary: "Send the confirmation mail again",
  limit: "verification",
  run: (ctx) => requestVerification(ctx),
});
