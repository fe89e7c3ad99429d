import { findHome } from "#lib/tenancy/find-home";
import { route } from "#lib/web/route";

/** Where a sign-in elsewhere returns to: sends the browser on to where the person belongs. */
export const GET = route({
  who: "person",
  run: async (ctx) =>
    new Response(null, { status: 303, headers: { location: await findHome(ctx) } }),
});
