import type { Context } from "#lib/context";
import { isLiveMode } from "#lib/env";
import { Refusal } from "#lib/errors";
import { logger } from "#lib/log";
import { hashApiKey, readApiKey, stateOf } from "#lib/tenancy/api-key";
import {
  findKey,
  isUseDue,
  type KnownKey,
  keyOfHeader,
  noteHeader,
  rememberedKey,
} from "#lib/tenancy/api-key-cache";
import type { TenantContext } from "#lib/tenancy/context";

/**
 * A machine's way into a tenant: `Authorization: Bearer lsk_…`. Costs one indexed read, and for
 * some seconds after it none. What the key may do is in `scopes`, which every verb asks.
 */
export async function enterByKey(
  visitor: Context,
  authorization: string | null,
): Promise<TenantContext> {
  const remembered = enterIfRemembered(visitor, authorization);
  if (remembered) return remembered;
  const key = await findKey(visitor.db, hashApiKey(secretIn(authorization)));
  if (!key) throw refuse("This API key is not one of ours, or its secret was replaced.");
  return enter(visitor, key);
}

/**
 * The same without a wait, where this process knows the key already; else nothing. What opened
 * something seconds ago is known to be a whole secret of this mode, so only its hash is taken, and
 * not even that where the header is one that opened it.
 */
export function enterIfRemembered(
  visitor: Context,
  authorization: string | null,
): TenantContext | undefined {
  if (authorization === null) return undefined;
  const key = keyOfHeader(visitor.db, authorization) ?? keyOfSecret(visitor, authorization);
  return key && enter(visitor, key);
}

function keyOfSecret({ db }: Context, authorization: string): KnownKey | undefined {
  const secret = bearer.exec(authorization)?.[1];
  if (!secret) return undefined;
  const hash = hashApiKey(secret);
  const key = rememberedKey(db, hash);
  if (key) noteHeader(db, authorization, hash);
  return key;
}

function enter(visitor: Context, key: KnownKey): TenantContext {
  requireUsable(key, visitor.now());
  noteUse(visitor, key);

  const { db, now, origin, traceId } = visitor;
  const { id, tenantId, tenantSlug, scopes } = key;
  return {
    db,
    now,
    origin,
    traceId,
    tenantId,
    tenantSlug,
    scopes,
    userId: id,
    role: "member",
    actor: { kind: "key", keyId: id },
    scope: { kind: "tenant", tenantId, userId: id },
  };
}

const bearer = /^Bearer +(\S+)$/i;

function secretIn(authorization: string | null): string {
  if (authorization === null) {
    throw refuse("Send an API key: Authorization: Bearer lsk_…");
  }
  const [, secret] = bearer.exec(authorization) ?? [];
  if (!secret) throw refuse("The Authorization header must be: Bearer, a space, and an API key.");
  const read = readApiKey(secret);
  if (!read) {
    throw refuse(
      "This is not a whole API key. Copy it again: lsk_test_… or lsk_live_…, to the end.",
    );
  }
  const mode = isLiveMode() ? "live" : "test";
  if (read.mode !== mode) {
    throw refuse(`This is a ${read.mode} key; here only ${mode} keys open anything.`);
  }
  return secret;
}

function requireUsable(key: KnownKey, now: Date): void {
  const state = stateOf(key, now);
  if (state === "revoked") throw refuse("This API key was revoked.");
  if (state === "expired") throw refuse("This API key has expired. Make a new one.");
  if (key.endsAt && key.endsAt <= now) {
    throw refuse("This secret was rotated out. Use the key's newer one.");
  }
}

function refuse(message: string): Refusal {
  return new Refusal("unauthenticated", message);
}

/** Writes down when the secret was last used, without making the request wait for it. */
function noteUse({ db, now, origin }: Context, { secretId, tenantId }: KnownKey): void {
  const at = now();
  if (!isUseDue(db, secretId, at)) return;
  db.pool
    .query({
      name: "note-api-key-use",
      text: "select app.note_api_key_use($1, $2, $3, $4, $5)",
      values: [secretId, tenantId, at, origin.ip ?? null, origin.userAgent ?? null],
    })
    .catch((error) => logger.warn({ error, secretId }, "a key's use was not written down"));
}
