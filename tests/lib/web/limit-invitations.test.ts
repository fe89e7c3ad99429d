import { encode } from "next-auth/jwt";
import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as resend } from "#app/api/v1/tenants/[tenant]/invitations/[invitation]/resend/route";
import { POST as invite } from "#app/api/v1/tenants/[tenant]/invitations/route";
import type { Context } from "#lib/context";
import { transact, view } from "#lib/db/transaction";
import type { PersonContext, TenantContext } from "#lib/tenancy/context";
import { db } from "#lib/web/context";
import { countInvitations } from "#lib/web/limit-invitations";
import { limits } from "#lib/web/limits";
import { sessionCookieName, sessionSecret } from "#lib/web/session-cookie";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { setEnvironment } from "#tests/support/environment";
import { newMember, newOwner, unique } from "#tests/support/people";

const own = "http://localhost:3000";
let database: TestDatabase;
let system: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  setEnvironment({ DATABASE_APP_URL: database.appUrl });
});
afterAll(async () => {
  await db().close();
  await database.close();
});

async function newVerifiedOwner() {
  const made = await newOwner(system);
  await transact(system, "test.verify", (tx) =>
    tx.user.update({ where: { id: made.person.userId }, data: { emailVerifiedAt: new Date() } }),
  );
  return made;
}

async function request(as: PersonContext, body?: object): Promise<Request> {
  const token = await encode({ token: { sessionId: as.sessionId }, secret: sessionSecret() });
  return new Request(`${own}/api/v1/x`, {
    method: "POST",
    headers: {
      ...{ cookie: `${sessionCookieName()}=${token}`, origin: own },
      "content-type": "application/json",
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

async function ask(person: PersonContext, owner: TenantContext, addresses: number) {
  const invitations = Array.from({ length: addresses }, () => ({
    ...{ email: `${unique("guest")}@example.com`, role: "member" },
  }));
  const params = Promise.resolve({ tenant: owner.tenantSlug });
  return invite(await request(person, { invitations }), { params });
}

const invitationsOf = (owner: TenantContext) =>
  view(owner, (tx) => tx.invitation.count({ where: { tenantId: owner.tenantId } }));
const many = expect.objectContaining({ code: "too_many" });

test("right after sign-up one invites, up to a day's twenty; then confirming the e-mail helps", async () => {
  const { person, owner } = await newOwner(system);
  expect((await ask(person, owner, 19)).status).toBe(201);
  expect((await ask(person, owner, 1)).status).toBe(201);
  const answer = await ask(person, owner, 1);
  expect(answer.status).toBe(429);
  const { detail } = await answer.json();
  expect(detail).toBe(
    "Too many invitations. Try again in 24 hours. Confirm your e-mail to invite more.",
  );
  expect(await invitationsOf(owner)).toBe(20);

  await transact(system, "test.verify", (tx) =>
    tx.user.update({ where: { id: person.userId }, data: { emailVerifiedAt: new Date() } }),
  );
  expect((await ask(person, owner, 1)).status).toBe(201);
});

test("every address of a request counts against the person", async () => {
  const { person, owner } = await newVerifiedOwner();
  for (let round = 0; round < 5; round += 1) {
    expect((await ask(person, owner, 20)).status).toBe(201);
  }
  const answer = await ask(person, owner, 1);
  expect(answer.status).toBe(429);
  expect((await answer.json()).detail).toMatch(/^Too many invitations. Try again in 60 minutes.$/);
  expect(await invitationsOf(owner)).toBe(100);
});

test("all of a tenant's people share its day", async () => {
  const { owner } = await newVerifiedOwner();
  const { member } = await newMember(system, owner, "admin");
  const { member: third } = await newMember(system, owner, "admin");
  await countInvitations(owner, limits["invitation.person"].points);
  await countInvitations(member, limits["invitation.person"].points);
  await expect(countInvitations(third, 1)).rejects.toEqual(many);
});

test("people without a confirmed e-mail share what may come from one address", async () => {
  const from = { ip: "203.0.113.77" };
  const day =
    limits["invitation.unverified-address"].points / limits["invitation.unverified"].points;
  for (let account = 0; account < day; account += 1) {
    const { owner } = await newOwner(system);
    await countInvitations({ ...owner, origin: from }, limits["invitation.unverified"].points);
  }
  const { owner } = await newOwner(system);
  await expect(countInvitations({ ...owner, origin: from }, 1)).rejects.toEqual(many);
  const { owner: verified } = await newVerifiedOwner();
  await countInvitations({ ...verified, origin: from }, 1);
});

test("sending an invitation again counts as one", async () => {
  const { person, owner } = await newOwner(system);
  const [made] = await (await ask(person, owner, 1)).json();
  await countInvitations(owner, limits["invitation.unverified"].points - 2);
  const params = { tenant: owner.tenantSlug, invitation: made.id as string };
  const again = async () => resend(await request(person), { params: Promise.resolve(params) });
  expect((await again()).status).toBe(204);
  expect((await again()).status).toBe(429);
});
