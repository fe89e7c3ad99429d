"use client";

import { signIn } from "next-auth/react";

/** Why a password was not taken, in the words of the sign-in route. */
export type EntryRefusal = "invalid" | "unavailable" | `too_many:${string}`;

/** Signs in by password. Returns why not, or nothing where it worked. */
export async function enter(email: string, password: string): Promise<EntryRefusal | undefined> {
  const answer = await signIn("credentials", { redirect: false, email, password }).catch(
    () => undefined,
  );
  if (answer?.ok && !answer.error) return undefined;
  const error = answer?.error ?? "unavailable";
  return error === "invalid" || error.startsWith("too_many:")
    ? (error as EntryRefusal)
    : "unavailable";
}

/** Goes on with a whole new page, because who one is has changed for every part of it. */
export function goOn(path: string | undefined): void {
  window.location.assign(path ?? "/api/v1/session/home");
}
