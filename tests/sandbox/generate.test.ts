import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const ends = 1_790_000_000;
const wish = { seed: 11, tenants: 8, months: 3, ends };

type Progress = { state: string; days: number; tenants: number; sales: number; refused: number };
type Answer = Progress & { error?: { message: string; param?: string } };

const generate = (name: string, body: object) => sandbox.admin<Answer>("/generate", body, name);

/** Every object of a collection, in the platform's world or an account's. */
async function all(name: string, path: string, account?: string): Promise<{ id: string }[]> {
  const headers = {
    authorization: `Bearer sk_test_${name}`,
    ...(account && { "stripe-account": account }),
  };
  const found: { id: string }[] = [];
  for (let query = "limit=100"; ; ) {
    const joint = path.includes("?") ? "&" : "?";
    const response = await fetch(`${sandbox.url}${path}${joint}${query}`, { headers });
    const page = (await response.json()) as { data: { id: string }[]; has_more: boolean };
    found.push(...page.data);
    if (!page.has_more) return found;
    query = `limit=100&starting_after=${found.at(-1)?.id}`;
  }
}

const collections = [
  ...["customers", "subscriptions?status=all", "invoices", "payment_intents", "charges"],
  ...["refunds", "disputes", "payouts", "transfers", "application_fees", "balance_transactions"],
  ...["topups", "credit_notes", "coupons", "promotion_codes", "radar/early_fraud_warnings"],
];

async function fingerprint(name: string): Promise<string> {
  const hash = createHash("sha256");
  const accounts = await all(name, "/v1/accounts");
  for (const account of [undefined, ...accounts.map(({ id }) => id)]) {
    for (const path of [...collections, "events"]) {
      hash.update(JSON.stringify(await all(name, `/v1/${path}`, account)));
    }
  }
  return hash.digest("hex");
}

test("a world is made whole: everything a platform lives through has happened in it", async () => {
  const made = await generate("whole", wish);
  expect(made).toMatchObject({ state: "done", days: 90, tenants: 8 });
  expect(await sandbox.admin("/generate", undefined, "whole")).toEqual(made);
  const accounts = (await all("whole", "/v1/accounts")).map(({ id }) => id);
  const counts = new Map<string, number>();
  for (const account of [undefined, ...accounts]) {
    for (const path of collections) {
      const found = await all("whole", `/v1/${path}`, account);
      counts.set(path, (counts.get(path) ?? 0) + found.length);
    }
  }
  expect([...counts].filter(([, count]) => count === 0)).toEqual([]);
  expect(made.sales).toBeGreaterThan(200);
  expect(made.refused).toBeGreaterThan(5);

  const types = new Set<string>();
  for (const account of [undefined, ...accounts]) {
    const events = await all("whole", "/v1/events", account);
    for (const event of events as unknown as { type: string }[]) types.add(event.type);
  }
  expect(promised.filter((type) => !types.has(type))).toEqual([]);
}, 60_000);

/** What a believable history holds, by the events that tell of it. */
const promised = [
  ...["payment_intent.payment_failed", "payment_intent.requires_action", "charge.refunded"],
  ...["charge.dispute.created", "charge.dispute.closed", "radar.early_fraud_warning.created"],
  ...["charge.dispute.funds_reinstated", "transfer.created", "transfer.reversed"],
  ...["application_fee.created", "application_fee.refunded", "payout.paid", "payout.failed"],
  ...["topup.succeeded", "customer.subscription.trial_will_end", "invoice.payment_failed"],
  ...["customer.subscription.updated", "customer.subscription.deleted", "credit_note.created"],
  ...["invoice.paid", "refund.failed", "review.opened"],
];

test("sums of net are balances, per account and currency", async () => {
  const stripe = sandbox.client("whole");
  const accounts = (await all("whole", "/v1/accounts")).map(({ id }) => id);
  for (const account of [undefined, ...accounts]) {
    const rows = (await all("whole", "/v1/balance_transactions", account)) as unknown as {
      net: number;
      currency: string;
    }[];
    const sum = rows.reduce((total, { net }) => total + net, 0);
    const there = account === undefined ? {} : { stripeAccount: account };
    const { available, pending, connect_reserved } = await stripe.balance.retrieve({}, there);
    const parts = [...available, ...pending, ...(connect_reserved ?? [])];
    expect(parts.reduce((total, { amount }) => total + amount, 0)).toBe(sum);
  }
});

test("the same wish makes the same world, and another seed another", async () => {
  const small = { seed: 5, tenants: 4, months: 1, ends };
  const make = async (seed: number): Promise<string> => {
    await sandbox.admin("/reset", {}, "again");
    expect(await generate("again", { ...small, seed })).toMatchObject({ state: "done" });
    return fingerprint("again");
  };
  const one = await make(5);
  const other = await make(6);
  const two = await make(5);
  expect(two).toBe(one);
  expect(other).not.toBe(one);
}, 60_000);

test("a world in which something happened is not filled, and keeps what it has", async () => {
  const { id } = await sandbox.client("used").customers.create({ name: "Mine" });
  const refused = await generate("used", wish);
  expect(refused.error?.message).toContain("/_sandbox/reset");
  expect((await sandbox.client("used").customers.retrieve(id)).id).toBe(id);
});

test("an endpoint made first is not lost: its world is refused", async () => {
  const stripe = sandbox.client("endpoint");
  await stripe.webhookEndpoints.create({ url: "http://127.0.0.1:9/", enabled_events: ["*"] });
  expect((await generate("endpoint", wish)).error?.message).toContain("an endpoint");
  expect((await stripe.webhookEndpoints.list()).data).toHaveLength(1);
});

test("while a world is made it is neither emptied nor made again, and says how far it is", async () => {
  const making = generate("busy", { ...wish, tenants: 12 });
  const progress = () => sandbox.admin<Answer>("/generate", undefined, "busy");
  await expect.poll(progress).toMatchObject({ state: "running" });
  const again = await generate("busy", wish);
  const emptied = await sandbox.admin<Answer>("/reset", {}, "busy");
  for (const { error } of [again, emptied]) expect(error?.message).toContain("is being made");
  expect(await making).toMatchObject({ state: "done", tenants: 12 });
  await sandbox.admin("/reset", {}, "busy");
  expect(await progress()).toEqual({ state: "none" });
}, 60_000);

test.each([
  ["tenants", 0],
  ["tenants", 5000],
  ["months", 0],
  ["months", 100],
  ["ends", 4_000_000_000],
  ["seed", "many"],
])("a wish with %s of %s is refused by name, and the world stays empty", async (param, value) => {
  const refused = await generate("wrong", { ...wish, [param]: value });
  expect(refused.error).toMatchObject({ param });
  expect(await all("wrong", "/v1/events")).toEqual([]);
});
