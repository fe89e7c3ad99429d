"use client";

import { postSignOut } from "#lib/web/auth-client";

/** What the page is told when its session has ended. */
export const signedOut = "lockstep:signed-out";

/** Ends the session of this browser; the person's other browsers stay signed in. */
export async function signOutHere(then = "/sign-in"): Promise<void> {
  await postSignOut();
  // What Stripe shows in the page ends with the session, also in a tab that is kept.
  window.dispatchEvent(new Event(signedOut));
  window.location.assign(then);
}
