import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transact, view } from "#lib/db/transaction";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";

let database: TestDatabase;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());

test("the first admin is named as the guide says, by the owner, and audited", async () => {
  const ctx = database.context();
  const id = "usr_first";
  await transact(ctx, "test.plant", (tx) =>
    tx.user.create({
      data: { id, email: "you@example.com", name: "First", createdAt: new Date() },
    }),
  );

  const guide = readFileSync("docs/operations.md", "utf8");
  const sql = /```sql\n([\s\S]*?)```/.exec(guide)?.[1];
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  await owner.query(sql!);
  await owner.end();

  const [person, entries] = await view(ctx, async (tx) => [
    await tx.user.findUniqueOrThrow({ where: { id } }),
    await tx.auditEntry.findMany({ where: { targetId: id, operation: "update" } }),
  ]);
  expect(person.platformRole).toBe("admin");
  expect(entries).toMatchObject([
    { action: "operations.name-admin", after: { platform_role: "admin" } },
  ]);
});
