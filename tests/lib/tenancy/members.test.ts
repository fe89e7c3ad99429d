import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { changeMemberRole } from "#lib/tenancy/change-member-role";
import type { TenantContext } from "#lib/tenancy/context";
import { enterPlatform } from "#lib/tenancy/enter-platform";
import { enterTenant } from "#lib/tenancy/enter-tenant";
import { findHome } from "#lib/tenancy/find-home";
import { foundTenant } from "#lib/tenancy/found-tenant";
import { leaveTenant } from "#lib/tenancy/leave-tenant";
import { listMembers } from "#lib/tenancy/list-members";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { removeMember } from "#lib/tenancy/remove-member";
import { updateTenant } from "#lib/tenancy/update-tenant";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, newMember, newOwner } from "#tests/support/people";

let database: TestDatabase;
let system: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
});
afterAll(() => database.close());

async function memberIdOf(ctx: TenantContext): Promise<string> {
  return (await listMembers(ctx)).find(({ isYou }) => isYou)!.id;
}

test("a tenant one is not in answers as one that does not exist", async () => {
  const { owner } = await newOwner(system);
  const { person: stranger } = await newOwner(system);
  const [foreign, missing] = await Promise.all(
    [owner.tenantSlug, "no-such-tenant"].map((slug) =>
      enterTenant(stranger, slug).catch((error: unknown) => error),
    ),
  );
  expect(foreign).toEqual(missing);
  expect(foreign).toMatchObject({ code: "not_found" });
});

test("the last owner can neither leave, nor be removed, nor step down", async () => {
  const { owner } = await newOwner(system);
  const memberId = await memberIdOf(owner);
  await expect(leaveTenant(owner)).rejects.toMatchObject({ code: "conflict" });
  await expect(removeMember(owner, { memberId })).rejects.toMatchObject({ code: "conflict" });
  const stepDown = changeMemberRole(owner, { memberId, role: "admin" });
  await expect(stepDown).rejects.toMatchObject({ code: "conflict" });
});

test("with a second owner the first may go", async () => {
  const { owner } = await newOwner(system);
  const { member: second } = await newMember(system, owner, "owner");
  await leaveTenant(owner);
  expect((await listMembers(second)).map(({ role }) => role)).toEqual(["owner"]);
});

test("of two owners who step down at once, one stays owner, each time", async () => {
  for (let round = 0; round < 5; round += 1) {
    const { owner } = await newOwner(system);
    const { member: second } = await newMember(system, owner, "owner");
    const outcomes = await Promise.allSettled([leaveTenant(owner), leaveTenant(second)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  }
});

test("an admin changes members but neither makes nor unmakes owners", async () => {
  const { owner } = await newOwner(system);
  const { member: admin } = await newMember(system, owner, "admin");
  const { member } = await newMember(system, owner, "member");
  const ownerId = await memberIdOf(owner);
  const memberId = await memberIdOf(member);

  const adminId = await memberIdOf(admin);

  await changeMemberRole(admin, { memberId, role: "finance" });
  const outcomes = await Promise.allSettled([
    changeMemberRole(admin, { memberId, role: "owner" }),
    changeMemberRole(admin, { memberId: ownerId, role: "member" }),
    removeMember(admin, { memberId: ownerId }),
    changeMemberRole(admin, { memberId: adminId, role: "owner" }),
  ]);
  expect(outcomes.map(refusalOf)).toEqual(Array(4).fill("forbidden"));
});

test("a removed member's next request no longer finds the tenant", async () => {
  const { owner } = await newOwner(system);
  const { person, member } = await newMember(system, owner, "developer");
  await removeMember(owner, { memberId: await memberIdOf(member) });
  const next = enterTenant(person, owner.tenantSlug);
  await expect(next).rejects.toMatchObject({ code: "not_found" });
});

test("members of another tenant cannot be reached by their id", async () => {
  const { owner } = await newOwner(system);
  const { owner: other } = await newOwner(system);
  const memberId = await memberIdOf(other);
  const outcomes = await Promise.allSettled([
    removeMember(owner, { memberId }),
    changeMemberRole(owner, { memberId, role: "member" }),
  ]);
  expect(outcomes.map(refusalOf)).toEqual(["not_found", "not_found"]);
});

test("a tenant takes a new address and name; a taken one is refused with a free one", async () => {
  const { person, owner } = await newOwner(system);
  const { owner: other } = await newOwner(system);
  const slug = `${owner.tenantSlug}-new`;
  expect(await updateTenant(owner, { slug, name: "New name" })).toEqual({ slug });
  expect((await enterTenant(person, slug)).tenantId).toBe(owner.tenantId);
  await expect(updateTenant(owner, { slug: other.tenantSlug })).rejects.toMatchObject({
    code: "conflict",
    field: "slug",
    message: expect.stringContaining("is free"),
  });
  await expect(updateTenant(owner, { slug: "admin" })).rejects.toMatchObject({ field: "slug" });
});

test("one person may found several companies; home is the first by name", async () => {
  const { person } = await newOwner(system, { company: "Zebra" });
  await foundTenant(person, { company: "Aardvark", country: "DE" });
  expect((await listMyTenants(person)).map(({ name }) => name)).toEqual(["Aardvark", "Zebra"]);
  expect(await findHome(person)).toMatch(/^\/aardvark/);
});

test("the console does not exist for those who are not the platform's people", async () => {
  const { person } = await newOwner(system);
  expect(() => enterPlatform(person)).toThrow(expect.objectContaining({ code: "not_found" }));
  expect((await newAdmin(system, "support")).platformRole).toBe("support");
});

function refusalOf(outcome: PromiseSettledResult<unknown>): string {
  return outcome.status === "rejected" ? outcome.reason.code : "not refused";
}
