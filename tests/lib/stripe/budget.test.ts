import { afterAll, beforeAll, expect, test } from "vitest";
import { createBudget } from "#lib/events/create-budget";
import { createBreakers } from "#lib/stripe/breakers";
import { createStripeGateway } from "#lib/stripe/gateway";
import { createStripeClient } from "#lib/stripe/stripe-client";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { openTestSandbox, type TestSandbox } from "#tests/support/sandbox";

let database: TestDatabase;
let sandbox: TestSandbox;

beforeAll(async () => {
  [database, sandbox] = await Promise.all([openTestDatabase(), openTestSandbox()]);
}, 60_000);
afterAll(() => Promise.all([database.close(), sandbox.close()]));

function clients(perSecond: number) {
  const budget = createBudget(database.db, perSecond);
  const of = (canWait: boolean) => {
    const guards = { breakers: createBreakers({ failures: 50 }), budget, canWait };
    const options = { secretKey: sandbox.secretKey, apiBase: sandbox.url, guards };
    return createStripeGateway(createStripeClient(options), canWait ? budget : undefined);
  };
  return { budget, live: of(false), patient: of(true) };
}

async function clear(): Promise<void> {
  await database.db.pool.query("delete from rate_limits");
}

/** How many are over while as many of another kind as it takes are made one after another. */
function counting(works: readonly Promise<unknown>[]): () => number {
  let over = 0;
  for (const work of works) work.then(() => (over += 1));
  return () => over;
}

test("work that can wait shares a number of requests a second, in every process", async () => {
  await clear();
  const [one, other] = [clients(5), clients(5)];
  const began = performance.now();
  const asked = [one, other].flatMap(({ patient }) =>
    Array.from({ length: 6 }, () => patient.findObject("customer", "cus_A1", "")),
  );
  await Promise.all(asked);
  // Twelve at five a second need two whole seconds to begin after the first five.
  expect(performance.now() - began).toBeGreaterThan(1_000);
});

test("live work never waits for it, and another account has a budget of its own", async () => {
  await clear();
  const { live, patient } = clients(1);
  const waiting = Array.from({ length: 4 }, () => patient.findObject("customer", "cus_A1", ""));
  const over = counting(waiting);
  await Promise.all(Array.from({ length: 20 }, () => live.findObject("customer", "cus_A1", "")));
  expect(over()).toBeLessThan(4);
  await Promise.all(waiting);
});

test("where Stripe finds it too much, work that can wait leaves the account alone", async () => {
  await clear();
  const { budget, live } = clients(100);
  const response = await fetch(`${sandbox.url}/_sandbox/faults`, {
    method: "POST",
    headers: { authorization: `Bearer ${sandbox.secretKey}` },
    body: JSON.stringify({ route: "GET /v1/customers/:id", kind: "429", count: 3 }),
  });
  console.log(
    await response.text(),
    await live.findObject("customer", "cus_A1", "").catch((e) => e),
    (await database.db.pool.query("select * from rate_limits")).rows,
  );
  const { rows } = await database.db.pool.query<{ points: number }>(
    "select points from rate_limits where key like 'stripe:%'",
  );
  expect(rows[0]?.points).toBeGreaterThan(100);
  await budget.waitForTurn("acct_another");
  await budget.waitForTurn("");
});
