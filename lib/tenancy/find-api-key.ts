import type { Tx } from "#lib/db/client";
import { Refusal } from "#lib/errors";
import type { TenantContext } from "#lib/tenancy/context";

type Held = { id: string; expiresAt: Date | null; revokedAt: Date | null };

/** A key of the tenant's, locked until the transaction ends. Another's answers as none. */
export async function holdApiKey(tx: Tx, ctx: TenantContext, keyId: string): Promise<Held> {
  const rows = await tx.$queryRaw<Held[]>`
    select id, expires_at as "expiresAt", revoked_at as "revokedAt" from api_keys
    where id = ${keyId} and tenant_id = ${ctx.tenantId} for update`;
  const [key] = rows;
  if (!key) throw new Refusal("not_found", "There is no such API key.");
  return key;
}
