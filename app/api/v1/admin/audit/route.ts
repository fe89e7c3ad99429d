import { auditEntryAnswer } from "#lib/tenancy/answers";
import { platformAuditQuery } from "#lib/tenancy/input";
import { listPlatformAudit } from "#lib/tenancy/list-platform-audit";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "platform",
  permission: "audit:read",
  summary: "List audit entries of every chain",
  answer: pageOf(auditEntryAnswer),
  query: platformAuditQuery,
  run: (ctx, { query }) => listPlatformAudit(ctx, query),
});
