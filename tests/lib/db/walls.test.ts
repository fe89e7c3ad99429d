import { afterAll, beforeAll, expect, test } from "vitest";
import { transact, view } from "#lib/db/transaction";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
  await transact(database.context(), "test.plant", async (tx) => {
    for (const name of ["north", "south"]) {
      const row = { id: `ten_${name}`, slug: name, name, country: "US", createdAt: new Date() };
      await tx.tenant.create({ data: row });
    }
  });
});
afterAll(() => database.close());

test("a forgotten where leaks nothing to the other tenant", async () => {
  const scope = { kind: "tenant", tenantId: "ten_north", userId: "usr_1" } as const;
  const seen = await view(database.context({ scope }), (tx) => tx.tenant.findMany());
  expect(seen.map(({ id }) => id)).toEqual(["ten_north"]);
});
