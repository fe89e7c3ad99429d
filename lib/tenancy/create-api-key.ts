import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { isLiveMode } from "#lib/env";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { mostApiKeys, newApiKeySecret } from "#lib/tenancy/api-key";
import type { CreateApiKeyInput } from "#lib/tenancy/api-key-input";
import type { TenantContext } from "#lib/tenancy/context";
import { mayInTenant, requirePermission } from "#lib/tenancy/permissions";

/**
 * Makes a key, and answers with its secret, which is never told again. Nobody gives a key what they
 * may not do themselves.
 */
export async function createApiKey(
  ctx: TenantContext,
  { name, scopes, expiresAt }: CreateApiKeyInput,
): Promise<{ id: string; secret: string }> {
  requirePermission(ctx, "keys:update");
  const beyond = scopes.filter((scope) => !mayInTenant(ctx.role, scope));
  if (beyond.length) {
    const message = `Your role may not do this itself: ${beyond.join(", ")}.`;
    throw new Refusal("forbidden", message, { field: "scopes" });
  }
  const createdAt = ctx.now();
  if (expiresAt && expiresAt <= createdAt) {
    throw new Refusal("invalid", "Choose a day that is still to come.", { field: "expiresAt" });
  }
  const { tenantId, userId: createdById } = ctx;
  const id = newId("apiKey", createdAt);

  return transact(ctx, "tenancy.create-api-key", async (tx) => {
    await tx.$queryRaw`select from tenants where id = ${tenantId} for update`;
    const held = await tx.apiKey.count({ where: { tenantId, revokedAt: null } });
    if (held >= mostApiKeys) {
      const message = `A workspace has at most ${mostApiKeys} keys. Revoke one that is not used.`;
      throw new Refusal("conflict", message);
    }
    await tx.apiKey.create({
      data: { id, tenantId, name, scopes, createdById, createdAt, expiresAt: expiresAt ?? null },
    });
    return { id, secret: await addApiKeySecret(tx, { tenantId, keyId: id }, createdAt) };
  });
}

/** Gives a key one more secret, and answers with it. */
export async function addApiKeySecret(
  tx: Tx,
  whose: { tenantId: string; keyId: string },
  createdAt: Date,
): Promise<string> {
  const { secret, kept } = newApiKeySecret(isLiveMode());
  const id = newId("apiKeySecret", createdAt);
  await tx.apiKeySecret.create({ data: { ...whose, ...kept, id, createdAt } });
  return secret;
}
