import { platformAuditQuery } from "#lib/tenancy/input";
import { listPlatformAudit } from "#lib/tenancy/list-platform-audit";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "audit:read",
  summary: "List audit entries of every chain",
  query: platformAuditQuery,
  run: (ctx, { query }) => listPlatformAudit(ctx, query),
});
