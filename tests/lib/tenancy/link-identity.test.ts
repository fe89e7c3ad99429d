import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { findHome } from "#lib/tenancy/find-home";
import { findIdentity } from "#lib/tenancy/find-identity";
import { linkIdentity } from "#lib/tenancy/link-identity";
import { verifyEmail } from "#lib/tenancy/verify-email";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { mailedSecret, newOwner, signedIn, unique, visitor } from "#tests/support/people";

let database: TestDatabase;
let system: Context;
let anyone: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  anyone = visitor(system);
});
afterAll(() => database.close());

function identity(email: string, over: { subject?: string; isEmailVerified?: boolean } = {}) {
  const subject = over.subject ?? unique("subject");
  return { provider: "google", name: "Grace", email, isEmailVerified: true, ...over, subject };
}

test("somebody new becomes a verified person without a company, and names one first", async () => {
  const userId = await linkIdentity(anyone, identity(`${unique("Grace")}@Example.com`));
  const person = await signedIn(system, userId);
  expect(person.person).toMatchObject({ isVerified: true, hasPassword: false });
  expect(await findHome(person)).toBe("/sign-up?company=1");
});

test("the same account there is the same person here, whatever its e-mail is by now", async () => {
  const first = identity(`${unique("grace")}@example.com`);
  const userId = await linkIdentity(anyone, first);
  const moved = identity(`${unique("moved")}@example.com`, { subject: first.subject });
  expect(await linkIdentity(anyone, moved)).toBe(userId);
  const { provider, subject } = first;
  expect(await findIdentity(anyone, { provider, subject })).toBe(userId);
});

test("an address both sides verified is one person", async () => {
  const { person } = await newOwner(system);
  const { email } = person.person;
  await verifyEmail(anyone, { token: await mailedSecret(system, email, "verify-email") });
  expect(await linkIdentity(anyone, identity(email))).toBe(person.userId);
});

test("who registered another's address here first does not get into their account", async () => {
  const { person: squatter } = await newOwner(system);
  const theirs = identity(squatter.person.email);
  await expect(linkIdentity(anyone, theirs)).rejects.toMatchObject({ code: "conflict" });
});

test("who claims another's address there, unverified, does not get into the account here", async () => {
  const { person } = await newOwner(system);
  const { email } = person.person;
  await verifyEmail(anyone, { token: await mailedSecret(system, email, "verify-email") });
  const claimed = linkIdentity(anyone, identity(email, { isEmailVerified: false }));
  await expect(claimed).rejects.toMatchObject({ code: "forbidden" });
});
