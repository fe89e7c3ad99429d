"use client";

import { postSignOut } from "#lib/web/auth-client";

/** Ends the session of this browser; the person's other browsers stay signed in. */
export async function signOutHere(then = "/sign-in"): Promise<void> {
  await postSignOut();
  window.location.assign(then);
}
