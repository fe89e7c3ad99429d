import { z } from "zod";
import { auditVerdictAnswer } from "#lib/tenancy/answers";
import { verifyPlatformAudit } from "#lib/tenancy/verify-audit-chain";
import { route } from "#lib/web/route";

export const GET = route({
  who: "platform",
  permission: "audit:read",
  summary: "Verify a chain of the audit log",
  answer: auditVerdictAnswer,
  query: z.object({ chain: z.string().max(100).optional() }),
  run: (ctx, { query }) => verifyPlatformAudit(ctx, query),
});
