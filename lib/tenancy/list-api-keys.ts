import { view } from "#lib/db/transaction";
import { Refusal } from "#lib/errors";
import type { ApiKey } from "#lib/tenancy/api-key";
import { toApiKey, withSecrets } from "#lib/tenancy/api-key-row";
import type { TenantContext } from "#lib/tenancy/context";
import { namesOf } from "#lib/tenancy/find-names";
import { requirePermission } from "#lib/tenancy/permissions";

const mostListed = 200;

/** The workspace's keys, those that work first, the newest first. */
export async function listApiKeys(ctx: TenantContext): Promise<ApiKey[]> {
  requirePermission(ctx, "keys:read");
  const now = ctx.now();
  return view(ctx, async (tx) => {
    const rows = await tx.apiKey.findMany({
      where: { tenantId: ctx.tenantId },
      include: withSecrets,
      orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
      take: mostListed,
    });
    const nameOf = await namesOf(
      tx,
      rows.map(({ createdById }) => createdById),
    );
    return rows.map((row) => toApiKey(row, nameOf.get(row.createdById) ?? null, now));
  });
}

/** One of them. */
export async function getApiKey(ctx: TenantContext, input: { keyId: string }): Promise<ApiKey> {
  requirePermission(ctx, "keys:read");
  return view(ctx, async (tx) => {
    const row = await tx.apiKey.findFirst({
      where: { id: input.keyId, tenantId: ctx.tenantId },
      include: withSecrets,
    });
    if (!row) throw new Refusal("not_found", "There is no such API key.");
    const names = await namesOf(tx, [row.createdById]);
    return toApiKey(row, names.get(row.createdById) ?? null, ctx.now());
  });
}
