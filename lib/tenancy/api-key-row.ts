import { type ApiKey, stateOf } from "#lib/tenancy/api-key";
import type { TenantPermission } from "#lib/tenancy/permissions";

/** What is read of a key: its secrets, the newest first, and when each was last used. */
export const withSecrets = {
  secrets: { include: { use: true }, orderBy: { createdAt: "desc" } },
} as const;

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

/** A row as the workspace sees it, without its hashes. */
export function toApiKey(row: Row, createdBy: string | null, now: Date): ApiKey {
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
