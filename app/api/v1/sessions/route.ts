import { listSessions } from "#lib/tenancy/list-sessions";
import { signOutEverywhere } from "#lib/tenancy/sign-out-everywhere";
import { route } from "#lib/web/route";

export const GET = route({ who: "person", run: (ctx) => listSessions(ctx) });

export const DELETE = route({ who: "person", run: (ctx) => signOutEverywhere(ctx) });
