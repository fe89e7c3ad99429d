import { afterAll, beforeAll, expect, test } from "vitest";
import { createManualClock } from "#lib/clock";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { acceptInvitation } from "#lib/tenancy/accept-invitation";
import type { TenantContext } from "#lib/tenancy/context";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { joinByInvitation } from "#lib/tenancy/join-by-invitation";
import { listInvitations } from "#lib/tenancy/list-invitations";
import { previewInvitation } from "#lib/tenancy/preview-invitation";
import { resendInvitation } from "#lib/tenancy/resend-invitation";
import { revokeInvitation } from "#lib/tenancy/revoke-invitation";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import {
  bringIn,
  mailedSecret,
  newMember,
  newOwner,
  password,
  unique,
  visitor,
} from "#tests/support/people";

let database: TestDatabase;
let system: Context;
let owner: TenantContext;
const clock = createManualClock(new Date("2026-11-01T12:00:00Z"));
const dayMs = 86_400_000;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context({ now: () => clock.now() });
  owner = (await newOwner(system, { company: "Northbeam" })).owner;
});
afterAll(() => database.close());

async function invite(role: "member" | "admin" = "member", by = owner) {
  const email = `${unique("guest")}@example.com`;
  const [made] = await inviteMembers(by, { invitations: [{ email, role }] });
  return { email, id: made!.id, token: await mailedSecret(system, email, "invitation") };
}

const join = (token: string) =>
  joinByInvitation(visitor(system), { token, name: "Grace", password });

test("somebody new joins by the link: a member, in the offered role, with a verified address", async () => {
  const { email, token } = await invite("admin");
  expect(await previewInvitation(visitor(system), { token })).toMatchObject({
    tenantName: "Northbeam",
    email,
    role: "admin",
    hasAccount: false,
  });
  const { userId, slug } = await join(token);
  expect(slug).toBe(owner.tenantSlug);
  const user = await view(system, (tx) =>
    tx.user.findUniqueOrThrow({ where: { id: userId }, include: { members: true } }),
  );
  expect(user.emailVerifiedAt).not.toBeNull();
  expect(user.members.map(({ role, tenantId }) => [role, tenantId])).toEqual([
    ["admin", owner.tenantId],
  ]);
});

test("somebody who can sign in already accepts, and keeps their own company too", async () => {
  const { person } = await newOwner(system);
  const inside = await bringIn(system, owner, person, "finance");
  expect(inside.role).toBe("finance");
});

test("a link works once", async () => {
  const { token } = await invite();
  await join(token);
  await expect(join(token)).rejects.toMatchObject({
    code: "gone",
    message: expect.stringContaining("accepted before"),
  });
});

test("of four uses of one link at once, one makes a member", async () => {
  const { email, token } = await invite();
  const outcomes = await Promise.allSettled([join(token), join(token), join(token), join(token)]);
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const members = await view(system, (tx) => tx.member.count({ where: { user: { email } } }));
  expect(members).toBe(1);
});

test("a link runs out after seven days", async () => {
  const { token } = await invite();
  clock.advance(7 * dayMs - 1);
  await previewInvitation(visitor(system), { token });
  clock.advance(1);
  await expect(join(token)).rejects.toMatchObject({
    code: "gone",
    message: expect.stringContaining("run out"),
  });
});

test("a withdrawn link says so", async () => {
  const { id, token } = await invite();
  await revokeInvitation(owner, { invitationId: id });
  await expect(join(token)).rejects.toMatchObject({
    code: "gone",
    message: expect.stringContaining("withdrawn"),
  });
  const again = revokeInvitation(owner, { invitationId: id });
  await expect(again).rejects.toMatchObject({ code: "conflict" });
});

test("a made-up link is not one of ours", async () => {
  await expect(join("made-up")).rejects.toMatchObject({ code: "gone" });
});

test("sending it again makes the old link die and the new one live", async () => {
  const { id, email, token } = await invite();
  clock.advance(6 * dayMs);
  await resendInvitation(owner, { invitationId: id });
  const fresh = await mailedSecret(system, email, "invitation");
  expect(fresh).not.toBe(token);
  await expect(join(token)).rejects.toMatchObject({ code: "gone" });
  clock.advance(6 * dayMs);
  await join(fresh);
});

test("another person cannot take up somebody's invitation", async () => {
  const { email, token } = await invite();
  const { person } = await newOwner(system);
  await expect(acceptInvitation(person, { token })).rejects.toMatchObject({
    code: "forbidden",
    message: expect.stringContaining(email),
  });
  await join(token);
});

test("who has an account is told to sign in instead of joining anew", async () => {
  const { person } = await newOwner(system);
  const { email } = person.person;
  await inviteMembers(owner, { invitations: [{ email, role: "member" }] });
  const token = await mailedSecret(system, email, "invitation");
  expect(await previewInvitation(visitor(system), { token })).toMatchObject({ hasAccount: true });
  await expect(join(token)).rejects.toMatchObject({ code: "conflict", field: "email" });
  expect(await acceptInvitation(person, { token })).toEqual({ slug: owner.tenantSlug });
});

test("asking the same address twice names the field; after it ran out, it may be asked again", async () => {
  const { email } = await invite();
  const again = () => inviteMembers(owner, { invitations: [{ email, role: "member" }] });
  await expect(again()).rejects.toMatchObject({
    code: "conflict",
    field: "invitations.0.email",
    message: expect.stringContaining("open invitation"),
  });
  clock.advance(8 * dayMs);
  await again();
});

test("two who invite the same address at once make one invitation", async () => {
  const email = `${unique("guest")}@example.com`;
  const ask = () => inviteMembers(owner, { invitations: [{ email, role: "member" }] });
  const outcomes = await Promise.allSettled([ask(), ask(), ask()]);
  const lost = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(lost.map(({ reason }) => reason.code)).toEqual(["conflict", "conflict"]);
});

test("a member is not invited again, and one bad address stops the whole list", async () => {
  const { member } = await newMember(system, owner, "member");
  const { email } = await view(member, (tx) =>
    tx.user.findUniqueOrThrow({ where: { id: member.userId } }),
  );
  const fresh = `${unique("guest")}@example.com`;
  const invitations = [fresh, email].map((address) => ({
    email: address,
    role: "member" as const,
  }));
  await expect(inviteMembers(owner, { invitations })).rejects.toMatchObject({
    code: "conflict",
    field: "invitations.1.email",
  });
  const open = await listInvitations(owner);
  expect(open.map((invitation) => invitation.email)).not.toContain(fresh);
});

test("only an owner invites an owner; a member invites nobody", async () => {
  const { member: admin } = await newMember(system, owner, "admin");
  const { member } = await newMember(system, owner, "member");
  const email = `${unique("guest")}@example.com`;
  const ask = (by: TenantContext, role: "owner" | "member") =>
    inviteMembers(by, { invitations: [{ email, role }] });
  await expect(ask(admin, "owner")).rejects.toMatchObject({ code: "forbidden" });
  await expect(ask(member, "member")).rejects.toMatchObject({ code: "forbidden" });
  await ask(owner, "owner");
});

test("the list still shows who invited after they have left", async () => {
  const { person, member } = await newMember(system, owner, "admin");
  const { id } = await invite("member", member);
  const { leaveTenant } = await import("#lib/tenancy/leave-tenant");
  await leaveTenant(member);
  await expect(enterTenant(person, owner.tenantSlug)).rejects.toMatchObject({ code: "not_found" });
  const listed = (await listInvitations(owner)).find((invitation) => invitation.id === id);
  expect(listed?.inviterName).toBe("admin");
});

test("an invitation of another tenant cannot be withdrawn or sent", async () => {
  const { id } = await invite();
  const other = (await newOwner(system)).owner;
  const outcomes = await Promise.allSettled(
    [revokeInvitation, resendInvitation].map((verb) => verb(other, { invitationId: id })),
  );
  for (const outcome of outcomes) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
  }
});
