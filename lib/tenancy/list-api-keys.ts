import { view } from "#lib/db/transaction";
import { type ApiKey, stateOf } from "#lib/tenancy/api-key";
import type { TenantContext } from "#lib/tenancy/context";
import { requirePermission, type TenantPermission } from "#lib/tenancy/permissions";

const mostListed = 200;

/** The workspace's keys, those that work first, the newest first. */
export async function listApiKeys(ctx: TenantContext): Promise<ApiKey[]> {
  requirePermission(ctx, "keys:read");
  const now = ctx.now();
  return view(ctx, async (tx) => {
    const rows = await tx.apiKey.findMany({
      where: { tenantId: ctx.tenantId },
      include: { secrets: { include: { use: true }, orderBy: { createdAt: "desc" } } },
      orderBy: [{ revokedAt: { sort: "desc", nulls: "first" } }, { createdAt: "desc" }],
      take: mostListed,
    });
    const makers = await tx.user.findMany({
      where: { id: { in: rows.map(({ createdById }) => createdById) } },
      select: { id: true, name: true },
    });
    const nameOf = new Map(makers.map(({ id, name }) => [id, name]));
    return rows.map((row) => toApiKey(row, nameOf.get(row.createdById) ?? null, now));
  });
}

type Secret = { start: string; end: string; createdAt: Date; endsAt: Date | null } & {
  use: { lastUsedAt: Date } | null;
};
type Row = {
  id: string;
  name: string;
  scopes: string[];
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  secrets: Secret[];
};

function toApiKey(row: Row, createdBy: string | null, now: Date): ApiKey {
  const { id, name, scopes, createdAt, expiresAt, revokedAt } = row;
  const uses = row.secrets.flatMap(({ use }) => (use ? [use.lastUsedAt.getTime()] : []));
  const state = stateOf(row, now);
  return {
    ...{ id, name, state, createdAt, createdBy, expiresAt, revokedAt },
    scopes: scopes as TenantPermission[],
    lastUsedAt: uses.length ? new Date(Math.max(...uses)) : null,
    secrets: row.secrets
      .filter(({ endsAt }) => state === "active" && (!endsAt || endsAt > now))
      .map(({ start, end, createdAt, endsAt, use }) => ({
        ...{ hint: `${start}…${end}`, createdAt, endsAt, lastUsedAt: use?.lastUsedAt ?? null },
      })),
  };
}
