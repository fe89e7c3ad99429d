import { randomBytes } from "node:crypto";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { acceptInvitation } from "#lib/tenancy/accept-invitation";
import type { PersonContext, PlatformContext, TenantContext } from "#lib/tenancy/context";
import { enterPlatform } from "#lib/tenancy/enter-platform";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { findSession } from "#lib/tenancy/find-session";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { joinByInvitation } from "#lib/tenancy/join-by-invitation";
import { openSession } from "#lib/tenancy/open-session";
import type { PlatformRole, TenantRole } from "#lib/tenancy/permissions";
import { signUp } from "#lib/tenancy/sign-up";

/** People as they come about in the product: each made by the verbs a browser would call. */

export const password = "three quiet lamps";

/** A visitor: a request by nobody in particular. Takes the database's system context. */
export function visitor(system: Context): Context {
  return { ...system, actor: { kind: "system", name: "visitor" }, scope: { kind: "public" } };
}

/** A name nobody else in the run has. */
export function unique(word: string): string {
  return `${word}-${randomBytes(4).toString("hex")}`;
}

/** A person with a company of their own, signed in, as its owner. */
export async function newOwner(
  system: Context,
  over: { company?: string; email?: string; name?: string } = {},
): Promise<{ person: PersonContext; owner: TenantContext }> {
  const company = over.company ?? unique("company");
  const email = over.email ?? `${unique("owner")}@example.com`;
  const name = over.name ?? "Olga Owner";
  const input = { name, email, password, company, country: "US" } as const;
  const { userId, slug } = await signUp(visitor(system), input);
  const person = await signedIn(system, userId);
  return { person, owner: await enterTenant(person, slug) };
}

/** Another member of the owner's tenant, who joined by an invitation's link. */
export async function newMember(
  system: Context,
  owner: TenantContext,
  role: TenantRole,
): Promise<{ person: PersonContext; member: TenantContext }> {
  const email = `${unique(role)}@example.com`;
  await inviteMembers(owner, { invitations: [{ email, role }] });
  const token = await mailedSecret(system, email, "invitation");
  const { userId } = await joinByInvitation(visitor(system), { token, name: role, password });
  const person = await signedIn(system, userId);
  return { person, member: await enterTenant(person, owner.tenantSlug) };
}

/** Takes somebody who can sign in already into the owner's tenant. */
export async function bringIn(
  system: Context,
  owner: TenantContext,
  person: PersonContext,
  role: TenantRole,
): Promise<TenantContext> {
  await inviteMembers(owner, { invitations: [{ email: person.person.email, role }] });
  const token = await mailedSecret(system, person.person.email, "invitation");
  await acceptInvitation(person, { token });
  return enterTenant(person, owner.tenantSlug);
}

/** One of the platform's own people, in the console. */
export async function newAdmin(
  system: Context,
  platformRole: PlatformRole = "admin",
): Promise<PlatformContext> {
  const { person } = await newOwner(system);
  await transact(system, "test.appoint", (tx) =>
    tx.user.update({ where: { id: person.userId }, data: { platformRole } }),
  );
  return enterPlatform(await signedIn(system, person.userId));
}

/** A new browser of the person. */
export async function signedIn(system: Context, userId: string): Promise<PersonContext> {
  const sessionId = await openSession(visitor(system), { userId });
  return (await findSession(visitor(system), sessionId))!;
}

/** The secret in the newest link of a kind mailed to an address. */
export async function mailedSecret(
  system: Context,
  to: string,
  template: "invitation" | "verify-email" | "reset-password",
): Promise<string> {
  const mail = await view(system, (tx) =>
    tx.mail.findFirstOrThrow({ where: { to, template }, orderBy: { createdAt: "desc" } }),
  );
  const { path } = mail.data as { path: string };
  return path.split(/token=|\/invitations\//).at(-1)!;
}
