import { verifyAuditChain } from "#lib/tenancy/verify-audit-chain";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "audit:read",
  run: (ctx) => verifyAuditChain(ctx),
});
