"use client";

import { postPassword } from "#lib/web/auth-client";

/** Why a password was not taken, in the words of the sign-in route. */
export type EntryRefusal = "invalid" | "unavailable" | `too_many:${string}`;

/** Signs in by password. Returns why not, or nothing where it worked. */
export async function enter(email: string, password: string): Promise<EntryRefusal | undefined> {
  const error = await postPassword(email, password);
  if (error === undefined) return undefined;
  return error === "invalid" || error.startsWith("too_many:")
    ? (error as EntryRefusal)
    : "unavailable";
}

/** Goes on with a whole new page, because who one is has changed for every part of it. */
export function goOn(path: string | undefined): void {
  window.location.assign(path ?? "/api/v1/session/home");
}
