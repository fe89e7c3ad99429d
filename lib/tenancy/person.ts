import type { PlatformRole } from "#lib/tenancy/permissions";

/** A person who can sign in, as they and we see them. */
export type Person = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly isVerified: boolean;
  readonly hasPassword: boolean;
  readonly platformRole: PlatformRole | null;
};

type Row = {
  id: string;
  email: string;
  name: string;
  emailVerifiedAt: Date | null;
  passwordHash: string | null;
  platformRole: PlatformRole | null;
};

/** The person a row speaks of, without its secrets. */
export function personOf(row: Row): Person {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    isVerified: row.emailVerifiedAt !== null,
    hasPassword: row.passwordHash !== null,
    platformRole: row.platformRole,
  };
}
