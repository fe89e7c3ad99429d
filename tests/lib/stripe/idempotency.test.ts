import { expect, test } from "vitest";
import { makeOrFind } from "#lib/stripe/idempotency";

test("whoever is refused because of its own twin is answered with what the twin did", async () => {
  const found = [null, "the twin's"];
  const refused = () => Promise.reject(new Error("The balance changed meanwhile."));
  expect(await makeOrFind(refused, async () => found.shift() ?? null)).toBe("the twin's");
});

test("without a twin a refusal stays one, and what was made before is not made again", async () => {
  const refused = () => Promise.reject(new Error("At most $35.00."));
  await expect(makeOrFind(refused, async () => null)).rejects.toThrow("At most $35.00.");
  expect(await makeOrFind(refused, async () => "before")).toBe("before");
  expect(
    await makeOrFind(
      async () => "new",
      async () => null,
    ),
  ).toBe("new");
});
