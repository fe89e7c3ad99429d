import { auditVerdictAnswer } from "#lib/tenancy/answers";
import { verifyAuditChain } from "#lib/tenancy/verify-audit-chain";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "audit:read",
  summary: "Verify the audit log",
  description: "Recomputes the chain of hashes: is the log whole and unchanged?",
  answer: auditVerdictAnswer,
  run: (ctx) => verifyAuditChain(ctx),
});
