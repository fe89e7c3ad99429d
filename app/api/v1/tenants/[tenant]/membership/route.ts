import { leaveTenant } from "#lib/tenancy/leave-tenant";
import { route } from "#lib/web/route";

export const DELETE = route({ who: "tenant", run: (ctx) => leaveTenant(ctx) });
