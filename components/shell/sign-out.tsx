"use client";

import { signOut } from "next-auth/react";

/** Ends the session of this browser; the person's other browsers stay signed in. */
export async function signOutHere(): Promise<void> {
  await signOut({ callbackUrl: "/sign-in" });
}
