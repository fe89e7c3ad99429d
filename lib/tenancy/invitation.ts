import { Refusal } from "#lib/errors";
import type { Lifecycle } from "#lib/lifecycle";

export type InvitationStatus = "pending" | "accepted" | "revoked";
export type InvitationEvent = "accept" | "revoke";

/** An invitation is answered once. A new offer to the same person is a new invitation. */
export const invitationLifecycle = {
  pending: { accept: "accepted", revoke: "revoked" },
  accepted: {},
  revoked: {},
} as const satisfies Lifecycle<InvitationStatus, InvitationEvent>;

const lifeMs = 7 * 86_400_000;

/** When an invitation sent now runs out. */
export function invitationEnd(from: Date): Date {
  return new Date(from.getTime() + lifeMs);
}

type Offer = { status: InvitationStatus; expiresAt: Date };

/** Refuses an invitation that opens nothing any more, and says what to do. */
export function requireOpen<T extends Offer>(
  invitation: T | null,
  now: Date,
): asserts invitation is T {
  const refuse = (message: string) => new Refusal("gone", message);
  if (!invitation) {
    throw refuse("This invitation is not one of ours, or a newer one replaced it.");
  }
  if (invitation.status === "accepted") {
    throw refuse("This invitation was accepted before, and works only once. Sign in instead.");
  }
  if (invitation.status === "revoked") {
    throw refuse("This invitation was withdrawn. Ask whoever invited you.");
  }
  if (invitation.expiresAt <= now) {
    throw refuse("This invitation has run out. Ask whoever invited you for a new one.");
  }
}
