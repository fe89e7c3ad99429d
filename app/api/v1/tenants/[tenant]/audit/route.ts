import { auditEntryAnswer } from "#lib/tenancy/answers";
import { auditQuery } from "#lib/tenancy/input";
import { listAuditEntries } from "#lib/tenancy/list-audit-entries";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "audit:read",
  summary: "List audit entries",
  description: "Every write in the workspace, newest first: by whom, from where, before and after.",
  answer: pageOf(auditEntryAnswer),
  query: auditQuery,
  run: (ctx, { query }) => listAuditEntries(ctx, query),
});
