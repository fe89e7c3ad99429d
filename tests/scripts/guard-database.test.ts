import { afterEach, beforeEach, expect, test } from "vitest";
import { transact } from "#lib/db/transaction";
import { guardDatabase } from "#scripts/guard-database";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;

beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

function plant(what: "demo" | "tenant") {
  const at = new Date();
  const person = { id: "usr_1", email: "admin@lockstep.test", name: "Robin", createdAt: at };
  const tenant = { id: "ten_1", slug: "acme", name: "Acme", country: "US", createdAt: at };
  return transact(database.context(), "test.plant", async (tx) => {
    if (what === "demo") await tx.user.create({ data: person });
    else await tx.tenant.create({ data: tenant });
  });
}

test("an empty database begins with either Stripe", async () => {
  await guardDatabase(database.appUrl, true);
  await guardDatabase(database.appUrl, false);
});

test("the demo, whose passwords are public, is refused beside real keys", async () => {
  await plant("demo");
  await guardDatabase(database.appUrl, true);
  await expect(guardDatabase(database.appUrl, false)).rejects.toThrow("holds the demo");
});

test("the demo is never written among tenants of another Stripe", async () => {
  await plant("tenant");
  await guardDatabase(database.appUrl, false);
  await expect(guardDatabase(database.appUrl, true)).rejects.toThrow("STRIPE_SECRET_KEY");
});
