import { auditQuery } from "#lib/tenancy/input";
import { listAuditEntries } from "#lib/tenancy/list-audit-entries";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "audit:read",
  query: auditQuery,
  run: (ctx, { query }) => listAuditEntries(ctx, query),
});
