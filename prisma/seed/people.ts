import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import { newId } from "#lib/ids";
import { closeSession } from "#lib/tenancy/close-session";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { enterPlatform } from "#lib/tenancy/enter-platform";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { findSession } from "#lib/tenancy/find-session";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { joinByInvitation } from "#lib/tenancy/join-by-invitation";
import { openSession } from "#lib/tenancy/open-session";
import { hashPassword } from "#lib/tenancy/password";
import { signUp } from "#lib/tenancy/sign-up";
import { verifyEmail } from "#lib/tenancy/verify-email";
import { type DemoTenant, demoAdmin, demoPassword } from "#prisma/seed/demo-world";

/** Signs a company up as its people would have. One that is there stays. */
export async function seedPeople(ctx: Context, tenant: DemoTenant): Promise<void> {
  const { owner, colleagues = [], slug, company, country } = tenant;
  if (await findUser(ctx, owner.email)) return;

  const visitor = asVisitor(ctx);
  const { name, email } = owner;
  await signUp(visitor, { name, email, company, country, slug, password: demoPassword });
  if (owner.isVerified) await verifyEmail(visitor, { token: await mailedSecret(ctx, email) });

  await asOwner(ctx, tenant, async (member) => {
    const offers = colleagues.map(({ email: to, role }) => ({ email: to, role }));
    if (offers.length) await inviteMembers(member, { invitations: offers });
  });
  for (const colleague of colleagues) {
    const token = await mailedSecret(ctx, colleague.email);
    await joinByInvitation(visitor, { token, name: colleague.name, password: demoPassword });
  }
}

/** Invites whom the company still waits for, if that has not been done. */
export async function seedInvitations(ctx: Context, tenant: DemoTenant): Promise<void> {
  const { invited = [], slug } = tenant;
  const known = await view(ctx, (tx) =>
    tx.invitation.count({
      where: { tenant: { slug }, email: { in: invited.map(({ email }) => email) } },
    }),
  );
  if (known === invited.length) return;
  await asOwner(ctx, tenant, (member) => inviteMembers(member, { invitations: invited }));
}

/** Runs something as the company's owner, signed in for just that long. */
export async function asOwner<T>(
  ctx: Context,
  { owner, slug }: DemoTenant,
  run: (member: TenantContext) => Promise<T>,
): Promise<T> {
  const user = await findUser(ctx, owner.email);
  const sessionId = await openSession(asVisitor(ctx), { userId: user!.id });
  const person = await findSession(asVisitor(ctx), sessionId);
  try {
    return await run(await enterTenant(person!, slug));
  } finally {
    await closeSession(ctx, sessionId);
  }
}

/** Runs something as the platform's admin, signed in for just that long. */
export async function asAdmin<T>(
  ctx: Context,
  run: (admin: PlatformContext) => Promise<T>,
): Promise<T> {
  const user = await findUser(ctx, demoAdmin.email);
  const sessionId = await openSession(asVisitor(ctx), { userId: user!.id });
  const person = await findSession(asVisitor(ctx), sessionId);
  try {
    return await run(enterPlatform(person!));
  } finally {
    await closeSession(ctx, sessionId);
  }
}

/** Someone of the platform's own, who belongs to no company. */
export async function seedAdmin(ctx: Context): Promise<void> {
  const { name, email } = demoAdmin;
  if (await findUser(ctx, email)) return;
  const passwordHash = await hashPassword(demoPassword);
  const at = ctx.now();
  const person = { id: newId("user", at), name, email, passwordHash };
  await transact(ctx, "tenancy.appoint-admin", (tx) =>
    tx.user.create({
      data: { ...person, platformRole: "admin", emailVerifiedAt: at, createdAt: at },
    }),
  );
}

function findUser(ctx: Context, email: string) {
  return view(ctx, (tx) => tx.user.findUnique({ where: { email } }));
}

function asVisitor(ctx: Context): Context {
  return { ...ctx, actor: { kind: "system", name: "visitor" }, scope: { kind: "public" } };
}

/** The secret in the newest link that was mailed to an address. */
async function mailedSecret(ctx: Context, to: string): Promise<string> {
  const mails = await view(ctx, (tx) =>
    tx.mail.findMany({ where: { to }, orderBy: [{ createdAt: "desc" }, { id: "desc" }] }),
  );
  const paths = mails.map(({ data }) => (data as { path?: string }).path ?? "");
  return paths
    .find(Boolean)!
    .split(/token=|\/invitations\//)
    .at(-1)!;
}
