"use client";

import { signOut } from "next-auth/react";

/** Ends the session of this browser; the person's other browsers stay signed in. */
export async function signOutHere(then = "/sign-in"): Promise<void> {
  await signOut({ callbackUrl: then });
}
