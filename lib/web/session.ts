import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Context } from "#lib/context";
import { Refusal } from "#lib/errors";
import type { PersonContext, PlatformContext, TenantContext } from "#lib/tenancy/context";
import { enterPlatform } from "#lib/tenancy/enter-platform";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { findSession } from "#lib/tenancy/find-session";
import { contextOf } from "#lib/web/context";
import { pathHeader, sessionIdOf } from "#lib/web/session-cookie";

/** The request's context before anyone is known. */
export const publicContext = cache(async (): Promise<Context> => contextOf(await headers()));

/** Who is signed in, if anyone. Asked once per request, however often it is called. */
export const currentPerson = cache(async (): Promise<PersonContext | undefined> => {
  const sessionId = await sessionIdOf(await headers());
  return sessionId ? findSession(await publicContext(), sessionId) : undefined;
});

/** For a page: who is signed in, or off to sign in and back here. */
export const requirePerson = cache(async (): Promise<PersonContext> => {
  const person = await currentPerson();
  if (person) return person;
  const path = (await headers()).get(pathHeader) ?? "/";
  redirect(`/sign-in?next=${encodeURIComponent(path)}`);
});

/** For a page: the tenant of this slug as the signed-in person may act in it, or no such page. */
export const requireTenant = cache(async (slug: string): Promise<TenantContext> => {
  const person = await requirePerson();
  return enterTenant(person, slug).catch(orNotFound);
});

/** For a page: the console, for the platform's own people, or no such page. */
export const requireAdmin = cache(async (): Promise<PlatformContext> => {
  const person = await requirePerson();
  return Promise.resolve(person).then(enterPlatform).catch(orNotFound);
});

function orNotFound(error: unknown): never {
  if (error instanceof Refusal && error.code === "not_found") notFound();
  throw error;
}
