import { leaveTenant } from "#lib/tenancy/leave-tenant";
import { route } from "#lib/web/route";

export const DELETE = route({
  who: "tenant",
  summary: "Leave the workspace",
  description: "The last owner cannot.",
  run: (ctx) => leaveTenant(ctx),
});
