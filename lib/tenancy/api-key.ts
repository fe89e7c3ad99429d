import { hash, randomBytes } from "node:crypto";
import { crc32 } from "node:zlib";
import type { TenantRole } from "#lib/tenancy/permissions";
import { mayInTenant, type TenantPermission, tenantPermissions } from "#lib/tenancy/permissions";

/** A key as its workspace sees it. Its secrets are not among what can be read. */
export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly TenantPermission[];
  readonly state: ApiKeyState;
  readonly createdAt: Date;
  /** Null where whoever made it has left the workspace. */
  readonly createdBy: string | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
  /** The secrets that open it now, the newest first; after a rotation two for a while. */
  readonly secrets: readonly ApiKeySecret[];
};

export type ApiKeySecret = {
  /** Both ends of it, enough to recognise it by: `lsk_test_4fQ9…c81Z`. */
  readonly hint: string;
  readonly createdAt: Date;
  /** When it stops, once it was rotated out. */
  readonly endsAt: Date | null;
  readonly lastUsedAt: Date | null;
};

export type ApiKeyState = "active" | "expired" | "revoked";

const isByHand = "it is done in Stripe's own parts of our pages, by a person";
const inStripesPages = [
  "payments:capture",
  ...["payouts:create", "payouts:update", "taxes:update"],
  ...["cards:read", "cards:update"],
] as const satisfies TenantPermission[];

/** What no key may ever do, with the reason. Whatever else there is, a key can be given. */
export const peopleOnly: Partial<Record<TenantPermission, string>> = {
  "owners:update": "who owns a workspace is for its owners to say",
  "members:invite": "an invitation is written in a person's name",
  "members:update": "a leaked key must not raise anybody's role",
  "members:remove": "a leaked key must not shut people out",
  "keys:read": "a key does not look at others",
  "keys:update": "a leaked key must not make itself a lasting one",
  "connect:onboard": "who stands for a business tells Stripe so themselves",
  ...Object.fromEntries(inStripesPages.map((permission) => [permission, isByHand])),
};

/** All that can be given to a key. */
export type ApiKeyScope = TenantPermission;
export const apiKeyScopes = (Object.keys(tenantPermissions) as TenantPermission[]).filter(
  (permission) => !(permission in peopleOnly),
);

/** What somebody in this role can give to a key: nothing they may not do themselves. */
export function givableScopes(role: TenantRole): TenantPermission[] {
  return apiKeyScopes.filter((permission) => mayInTenant(role, permission));
}

/** How many keys that are not revoked a workspace may have. */
export const mostApiKeys = 50;
/** How many secrets of one key may be valid at once. */
export const mostSecrets = 3;

const secretLength = 43;
const checkLength = 6;
const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const form = /^lsk_(test|live)_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

/** A new secret as it is shown, once, and the only form in which we keep it. */
export function newApiKeySecret(isLive: boolean) {
  const prefix = `lsk_${isLive ? "live" : "test"}_`;
  const random = inBase62(BigInt(`0x${randomBytes(32).toString("hex")}`), secretLength);
  const secret = `${prefix}${random}${checksumOf(prefix + random)}`;
  const [start, end] = [`${prefix}${random.slice(0, 4)}`, secret.slice(-4)];
  return { secret, kept: { hash: hashApiKey(secret), start, end } };
}

/**
 * Reads what a caller sent as a key. The last six characters are a checksum of the rest, so that
 * a key that was cut off or mistyped is told apart from one that is unknown without asking anybody.
 */
export function readApiKey(text: string): { mode: "test" | "live" } | undefined {
  const [, mode, random = "", check] = form.exec(text) ?? [];
  if (!mode || checksumOf(`lsk_${mode}_${random}`) !== check) return undefined;
  return { mode: mode as "test" | "live" };
}

/**
 * 256 random bits cannot be guessed from a plain SHA-256, so no slow hash is needed. The hash is
 * what is looked for, so how long a look takes tells nothing of how much of a guess was right.
 */
export function hashApiKey(secret: string): string {
  return hash("sha256", secret, "hex");
}

type Dates = { expiresAt: Date | null; revokedAt: Date | null };

/** Revoked is final, and says more than expired. */
export function stateOf({ expiresAt, revokedAt }: Dates, now: Date): ApiKeyState {
  if (revokedAt) return "revoked";
  return expiresAt && expiresAt <= now ? "expired" : "active";
}

function checksumOf(text: string): string {
  // With numbers: every request's key is read, and bigints take several times as long.
  let rest = crc32(text);
  let check = "";
  while (check.length < checkLength) {
    check = digits[rest % digits.length] + check;
    rest = Math.floor(rest / digits.length);
  }
  return check;
}

function inBase62(number: bigint, length: number): string {
  let rest = number;
  let text = "";
  while (text.length < length) {
    text = digits[Number(rest % 62n)] + text;
    rest /= 62n;
  }
  return text;
}
