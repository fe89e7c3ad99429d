import type { Db } from "#lib/db/client";
import { listen } from "#lib/db/listen";
import type { TenantPermission } from "#lib/tenancy/permissions";

/** A secret and its key, as far as a request asks. */
export type KnownKey = {
  readonly id: string;
  readonly tenantId: string;
  readonly tenantSlug: string;
  readonly scopes: readonly TenantPermission[];
  readonly revokedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly secretId: string;
  readonly endsAt: Date | null;
};

/**
 * What one process remembers of keys. It remembers only while it hears the database say that a key
 * changed, and forgets everything when it does, so that a revoked key is shut out at once by every
 * process; a connection that died in silence is bounded by the short life of each entry.
 */
type Cache = {
  keys: Map<string, Remembered>;
  /** The same keys by the very header that opened them: most requests repeat one. */
  headers: Map<string, Remembered>;
  uses: Map<string, number>;
  isHearing: boolean;
  generation: number;
};
type Remembered = KnownKey & { until: number };

const lifeMs = 10_000;
const mostKeys = 10_000;
const useEveryMs = 60_000;
const caches = new WeakMap<Db, Cache>();

/** The key a hash belongs to, where this process has asked for it in the last seconds. */
export function rememberedKey(db: Db, hash: string): KnownKey | undefined {
  const known = cacheOf(db).keys.get(hash);
  return known && known.until > performance.now() ? known : undefined;
}

/** The key a header opened in the last seconds, without its secret being hashed again. */
export function keyOfHeader(db: Db, header: string): KnownKey | undefined {
  const { headers } = cacheOf(db);
  const known = headers.get(header);
  if (known && known.until > performance.now()) return known;
  if (known) headers.delete(header);
  return undefined;
}

/** Remembers which header a key was just opened by, for as long as the key itself is remembered. */
export function noteHeader(db: Db, header: string, hash: string): void {
  const { keys, headers } = cacheOf(db);
  const known = keys.get(hash);
  if (!known) return;
  if (headers.size >= mostKeys) headers.clear();
  headers.set(header, known);
}

/** The key a hash belongs to, as the database knows it; remembered for some seconds. */
export async function findKey(db: Db, hash: string): Promise<KnownKey | undefined> {
  const cache = cacheOf(db);
  const { generation } = cache;
  const { rows } = await db.pool.query<KnownKey>({
    name: "find-api-key",
    text: `select id, tenant_id as "tenantId", slug as "tenantSlug", scopes,
      revoked_at as "revokedAt", expires_at as "expiresAt", secret_id as "secretId",
      ends_at as "endsAt" from app.find_api_key($1)`,
    values: [hash],
  });
  const [found] = rows;
  // What was read before a change was told may be older than the change.
  if (found && cache.isHearing && generation === cache.generation) remember(cache, hash, found);
  return found;
}

/** True if a use of this secret at this instant is worth writing down: once a minute. */
export function isUseDue(db: Db, secretId: string, now: Date): boolean {
  const { uses } = cacheOf(db);
  const last = uses.get(secretId);
  if (last !== undefined && Math.abs(now.getTime() - last) < useEveryMs) return false;
  if (uses.size >= mostKeys) uses.clear();
  uses.set(secretId, now.getTime());
  return true;
}

function remember(cache: Cache, hash: string, key: KnownKey): void {
  if (cache.keys.size >= mostKeys) cache.keys.clear();
  cache.keys.set(hash, { ...key, until: performance.now() + lifeMs });
}

function cacheOf(db: Db): Cache {
  const existing = caches.get(db);
  if (existing) return existing;
  const cache: Cache = {
    keys: new Map(),
    headers: new Map(),
    uses: new Map(),
    isHearing: false,
    generation: 0,
  };
  const forget = (isHearing: boolean) => {
    cache.isHearing = isHearing;
    cache.generation += 1;
    cache.keys.clear();
    cache.headers.clear();
  };
  const ear = listen(
    db.pool,
    "api_keys",
    () => forget(true),
    () => forget(false),
  );
  db.atClose(() => ear.stop());
  caches.set(db, cache);
  return cache;
}
