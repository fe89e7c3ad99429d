import { afterAll, beforeAll, expect, test } from "vitest";
import { Refusal } from "#lib/errors";
import { OutOfReach } from "#lib/stripe/ask";
import { createBreakers } from "#lib/stripe/breakers";
import { createStripeGateway } from "#lib/stripe/gateway";
import { createStripeClient } from "#lib/stripe/stripe-client";
import { openTestSandbox, type TestSandbox } from "#tests/support/sandbox";

let sandbox: TestSandbox;

beforeAll(async () => {
  sandbox = await openTestSandbox();
});
afterAll(() => sandbox.close());

async function admin<T>(path: string, body?: object): Promise<T> {
  const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
    headers: { authorization: `Bearer ${sandbox.secretKey}` },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  return (await response.json()) as T;
}

/** How many requests for a customer reached Stripe. */
async function reached(): Promise<number> {
  const { data } = await admin<{ data: { path: string }[] }>("requests");
  return data.filter(({ path }) => path.startsWith("/v1/customers/")).length;
}

function guarded(settings: Parameters<typeof createBreakers>[0]) {
  const breakers = createBreakers(settings);
  const options = { secretKey: sandbox.secretKey, apiBase: sandbox.url, guards: { breakers } };
  const gateway = createStripeGateway(createStripeClient(options));
  return { breakers, find: (id: string) => gateway.findObject("customer", id, "") };
}

const refusalOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (error instanceof Refusal ? error : Promise.reject(error)),
  );

test("after failures in a row nothing is sent, and one request finds out when it is over", async () => {
  const { breakers, find } = guarded({ failures: 3, pauseMs: 200 });
  await admin("faults", { route: "GET /v1/customers/:id", kind: "500", count: 3 });
  expect((await refusalOf(find("cus_A1")))?.code).toBe("unavailable");
  expect(breakers.list()).toMatchObject([{ route: "GET /v1/customers/:id", state: "open" }]);

  const before = await reached();
  const refused = await refusalOf(find("cus_B1"));
  expect(refused?.code).toBe("unavailable");
  expect(refused?.retryAfterSeconds).toBe(1);
  expect(await reached()).toBe(before);

  await expect.poll(() => refusalOf(find("cus_C1"))).toBeUndefined();
  expect(breakers.list()).toMatchObject([{ state: "closed", openedAt: null }]);
  expect(await reached()).toBe(before + 1);
});

test("what is open for one account or route stands in no other's way", async () => {
  const { breakers, find } = guarded({ failures: 1, pauseMs: 60_000 });
  await admin("faults", { route: "GET /v1/customers/:id", kind: "500", count: 1 });
  await refusalOf(find("cus_A1"));
  expect(breakers.list()[0]).toMatchObject({ state: "open" });
  const options = { secretKey: sandbox.secretKey, apiBase: sandbox.url, guards: { breakers } };
  const gateway = createStripeGateway(createStripeClient(options));
  expect(await gateway.findObject("invoice", "in_A1", "")).toBeNull();
  const elsewhere = gateway.findObject("customer", "cus_A1", "acct_1234ABCD");
  await expect(elsewhere).rejects.toBeInstanceOf(OutOfReach);
});

test("what Stripe says no to is no failure of Stripe's", async () => {
  const { breakers, find } = guarded({ failures: 2, pauseMs: 60_000 });
  for (const id of ["cus_1X", "cus_2X", "cus_3X"]) expect(await find(id)).toBeNull();
  expect(breakers.list()).toMatchObject([{ state: "closed" }]);
});

test("a breaker stays open as long as Stripe asks to be left alone", async () => {
  const breakers = createBreakers({ failures: 1, pauseMs: 10 });
  const key = { account: "", route: "GET /v1/balance" };
  const send = async () => ({ status: 429, retryAfterSeconds: 120 });
  await breakers.guard(key, send, (outcome) => outcome);
  expect(await breakers.guard(key, send, (outcome) => outcome)).toEqual({ closedForSeconds: 120 });
});
