import { Refusal } from "#lib/errors";

export type TokenPurpose = "verify_email" | "reset_password";

const hourMs = 3_600_000;

/** How long a mailed secret of each purpose opens anything. */
export const tokenLifeMs = {
  verify_email: 72 * hourMs,
  reset_password: hourMs,
} as const satisfies Record<TokenPurpose, number>;

/** What to do about a link that no longer opens, for each purpose. */
const mend = {
  verify_email: "Ask for a new one from your account.",
  reset_password: "Ask for a new one from the sign-in page.",
} as const satisfies Record<TokenPurpose, string>;

type Token = { usedAt: Date | null; expiresAt: Date };

/** Refuses a secret that is unknown, was used or ran out, and says what to do. */
export function requireUsable<T extends Token>(
  token: T | null,
  purpose: TokenPurpose,
  now: Date,
): asserts token is T {
  const refuse = (what: string) => new Refusal("gone", `${what} ${mend[purpose]}`);
  if (!token) throw refuse("This link is not one of ours, or a newer one replaced it.");
  if (token.usedAt) throw refuse("This link was used before, and works only once.");
  if (token.expiresAt <= now) throw refuse("This link has run out.");
}
