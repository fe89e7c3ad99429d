import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { platformChain } from "#lib/tenancy/audit-entry";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { requirePermission, requirePlatform } from "#lib/tenancy/permissions";

export type AuditVerdict = {
  readonly entries: bigint;
  /** The sequence of the first entry that does not hold; null where all do. */
  readonly brokenAt: bigint | null;
  readonly reason: string | null;
};

/** Walks the tenant's audit log and recomputes every hash: is it whole and unchanged? */
export async function verifyAuditChain(ctx: TenantContext): Promise<AuditVerdict> {
  requirePermission(ctx, "audit:read");
  return verify(ctx, ctx.tenantId);
}

/** The same for the platform's own log, or for the one of a tenant that is named. */
export async function verifyPlatformAudit(
  ctx: PlatformContext,
  input: { chain?: string | undefined } = {},
): Promise<AuditVerdict> {
  requirePlatform(ctx, "audit:read");
  return verify(ctx, input.chain ?? platformChain);
}

async function verify(ctx: Context, chain: string): Promise<AuditVerdict> {
  const [verdict] = await view(
    ctx,
    (tx) => tx.$queryRaw<AuditVerdict[]>`
      select entries, broken_at as "brokenAt", reason from app.verify_audit(${chain})`,
  );
  return verdict!;
}
