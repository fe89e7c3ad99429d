import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { view } from "#lib/db/transaction";
import { signUpInput } from "#lib/tenancy/input";
import { signUp } from "#lib/tenancy/sign-up";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newOwner, password, unique, visitor } from "#tests/support/people";

let database: TestDatabase;
let system: Context;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
});
afterAll(() => database.close());

function input(over: Partial<Parameters<typeof signUp>[1]> = {}) {
  const email = `${unique("ada")}@example.com`;
  const company = unique("Northbeam");
  return { name: "Ada", email, password, company, country: "US" as const, ...over };
}

test("signing up makes a person, a company and its owner, and mails a link", async () => {
  const sent = input({ company: "Café Müller & Söhne" });
  const { userId, tenantId, slug } = await signUp(visitor(system), sent);
  expect(slug).toBe("cafe-muller-and-sohne");

  const member = await view(system, (tx) => tx.member.findFirst({ where: { tenantId, userId } }));
  expect(member?.role).toBe("owner");
  const mails = await view(system, (tx) => tx.mail.findMany({ where: { to: sent.email } }));
  expect(mails.map(({ template, status }) => [template, status])).toEqual([
    ["verify-email", "queued"],
  ]);
});

test("the tenant's billing account is asked for in the same transaction", async () => {
  const { tenantId } = await signUp(visitor(system), input());
  const { rows } = await jobs(`open-account:${tenantId}`);
  expect(rows).toEqual([{ name: "billing.open-account", payload: { tenantId } }]);
});

test("a second sign-up with the same e-mail is told to sign in, and makes nothing", async () => {
  const sent = input();
  await signUp(visitor(system), sent);
  const again = signUp(visitor(system), { ...sent, company: "Another" });
  await expect(again).rejects.toMatchObject({ code: "conflict", field: "email" });
  expect(await view(system, (tx) => tx.tenant.count({ where: { name: "Another" } }))).toBe(0);
});

test("of eight sign-ups with one e-mail at once, one wins and the rest are told to sign in", async () => {
  const email = `${unique("race")}@example.com`;
  const outcomes = await Promise.allSettled(
    Array.from({ length: 8 }, () => signUp(visitor(system), input({ email }))),
  );
  const lost = outcomes.filter((outcome) => outcome.status === "rejected");
  expect(lost).toHaveLength(7);
  for (const { reason } of lost) expect(reason).toMatchObject({ code: "conflict", field: "email" });
  expect(await view(system, (tx) => tx.user.count({ where: { email } }))).toBe(1);
});

test("companies of one name at once get addresses of their own", async () => {
  const company = unique("Twin");
  const tenants = await Promise.all(
    Array.from({ length: 6 }, () => signUp(visitor(system), input({ company }))),
  );
  expect(new Set(tenants.map(({ slug }) => slug)).size).toBe(6);
});

test("a chosen address that is taken is refused with one that is free", async () => {
  const { owner } = await newOwner(system);
  const again = signUp(visitor(system), input({ slug: owner.tenantSlug }));
  await expect(again).rejects.toMatchObject({
    code: "conflict",
    field: "slug",
    message: expect.stringContaining(`${owner.tenantSlug}-2 is free`),
  });
});

test("a reserved address is refused when chosen and stepped around when made", async () => {
  const chosen = signUp(visitor(system), input({ slug: "admin" }));
  await expect(chosen).rejects.toMatchObject({ code: "conflict", field: "slug" });
  const { slug } = await signUp(visitor(system), input({ company: "Pricing" }));
  expect(slug).toBe("pricing-2");
});

test.each([
  ["one of those tried first", "password123"],
  ["one letter repeated", "aaaaaaaaaaaa"],
  ["the person's own e-mail", "grace@example.com"],
  ["the person's own name", "Grace Hopper"],
])("a password that is %s is refused", async (_what, guess) => {
  const person = { email: "grace@example.com", name: "Grace Hopper", password: guess };
  const refused = signUp(visitor(system), input(person));
  await expect(refused).rejects.toMatchObject({ code: "invalid", field: "password" });
});

test.each([
  ["email", { email: "not an address" }],
  ["password", { password: "short" }],
  ["password", { password: "x".repeat(201) }],
  ["company", { company: "  " }],
  ["country", { country: "ZZ" }],
  ["slug", { slug: "-bad-" }],
  ["name", { name: "" }],
])("a bad %s is named", (field, over) => {
  const parsed = signUpInput.safeParse({ ...input(), ...over });
  expect(parsed.error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
});

test("an e-mail is one address in whatever letters it is written", () => {
  expect(signUpInput.parse({ ...input(), email: " Ada@Example.COM " }).email).toBe(
    "ada@example.com",
  );
});

/** Queued jobs of one key, read as the queue's owner, because the app's role cannot. */
async function jobs(key: string) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  const answer = await client.query(
    `select task.identifier as name, job.payload from graphile_worker._private_jobs job
      join graphile_worker._private_tasks task on task.id = job.task_id where job.key = $1`,
    [key],
  );
  await client.end();
  return answer;
}
