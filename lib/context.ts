import type { Db } from "#lib/db/client";

/** Who acts: a signed-in person, a workspace's API key, or the system by the name of its part. */
export type Actor =
  | { readonly kind: "person"; readonly userId: string }
  | { readonly kind: "key"; readonly keyId: string }
  | { readonly kind: "system"; readonly name: string };

/**
 * Whose rows a transaction may touch; row-level security enforces it.
 * `person`: only what is theirs, before they enter a tenant. `platform`: an admin looks across
 * tenants. `system`: sign-in, worker, set-up.
 */
export type Scope =
  | { readonly kind: "tenant"; readonly tenantId: string; readonly userId: string }
  | { readonly kind: "person"; readonly userId: string }
  | { readonly kind: "platform"; readonly userId: string }
  | { readonly kind: "public" }
  | { readonly kind: "system" };

/** From where a request came, as the audit log records it. */
export type Origin = { readonly ip?: string; readonly userAgent?: string };

/** One try of a write that named itself: its decision commits only while the try is the latest. */
export type Attempt = { readonly requestId: string; readonly id: string };

/** What every verb and read is given: the database, the time, and who acts for whom. */
export type Context = {
  readonly db: Db;
  readonly now: () => Date;
  readonly actor: Actor;
  readonly scope: Scope;
  readonly origin: Origin;
  readonly traceId: string;
  readonly attempt?: Attempt;
};
