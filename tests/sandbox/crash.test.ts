import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import Stripe from "stripe";
import { afterAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "crash-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The local Stripe as a process of its own, so that it can be killed. */
async function start(): Promise<{ stripe: Stripe; kill(): Promise<void> }> {
  const args = ["sandbox/main.ts", "--port", "0", "--data", folder];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const port = await portOf(child);
  const stripe = new Stripe("sk_test_crash", {
    ...{ host: "127.0.0.1", port, protocol: "http" as const },
    ...{ maxNetworkRetries: 0, telemetry: false, timeout: 5000 },
  });
  const kill = () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  return { stripe, kill };
}

async function portOf(child: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: child.stdout! })) {
    const port = Number(/ready at .*:(\d+)$/.exec(line)?.[1]);
    if (port) return port;
  }
  throw new Error("It did not start.");
}

interface Prices {
  price: string;
  customer: string;
}
const paid = { currency: "usd", payment_method: "pm_card_bypassPending", confirm: true };

/** Writes that each touch many objects, told apart by the key that is also their metadata. */
const writes = [
  (stripe: Stripe, attempt: string) =>
    stripe.customers.create({ metadata: { attempt } }, { idempotencyKey: attempt }),
  (stripe: Stripe, attempt: string) =>
    stripe.paymentIntents.create(
      { ...paid, amount: 5000, metadata: { attempt } },
      { idempotencyKey: attempt },
    ),
  (stripe: Stripe, attempt: string, { price, customer }: Prices) =>
    stripe.subscriptions.create(
      { customer, items: [{ price }], metadata: { attempt } },
      { idempotencyKey: attempt },
    ),
] as const;

async function prepare(stripe: Stripe): Promise<Prices> {
  const price = await stripe.prices.create({
    ...{ currency: "usd", unit_amount: 2000, recurring: { interval: "month" } },
    product_data: { name: "Team" },
  });
  const { id } = await stripe.customers.create({});
  const method = await stripe.paymentMethods.attach("pm_card_visa", { customer: id });
  const invoice_settings = { default_payment_method: method.id };
  await stripe.customers.update(id, { invoice_settings });
  return { price: price.id, customer: id };
}

/** Every object whose mention of another leads nowhere, and every ledger that does not add up. */
function faultsOnDisk(): string[] {
  const database = new DatabaseSync(join(folder, "local-stripe.sqlite"), { readOnly: true });
  const rows = database.prepare("SELECT id, kind, json FROM objects").all();
  const known = new Set(rows.map(({ id }) => id));
  const unkept = /^(req|acct|src|mandate|pm_card|secret|txn_none|ca|tok)_/;
  const mention = /"((?:ch|cus|in|inpay|pi|pm|price|prod|sub|si|txn|re)_[A-Za-z0-9]{14,})"/g;
  const dangling = rows.flatMap(({ id, json }) =>
    [...String(json).matchAll(mention)]
      .map(([, mentioned = ""]) => mentioned)
      .filter((mentioned) => !known.has(mentioned) && !unkept.test(mentioned))
      .map((mentioned) => `${id} names ${mentioned}, which is not there`),
  );
  const unannounced = database
    .prepare(
      "SELECT c.id FROM objects c WHERE c.kind = 'charge' AND NOT EXISTS (SELECT 1 FROM objects e " +
        "WHERE e.kind = 'event' AND e.key LIKE 'charge.%' AND e.json LIKE '%' || c.id || '%')",
    )
    .all()
    .map(({ id }) => `${id} was never announced`);
  const unposted = database
    .prepare(
      "SELECT id FROM objects WHERE kind = 'charge' AND status = 'succeeded' " +
        "AND json_extract(json, '$.balance_transaction') IS NULL",
    )
    .all()
    .map(({ id }) => `${id} is in no ledger`);
  database.close();
  return [...dangling, ...unannounced, ...unposted];
}

// Draws that are the same in every run.
function draws(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

test("kill -9 in the middle of requests loses nothing acknowledged and leaves nothing half written", async () => {
  const pick = draws(20_261_121);
  const acknowledged = new Map<string, string>();
  const attempts: { attempt: string; write: (typeof writes)[number] }[] = [];
  let prices: Prices | undefined;
  for (let round = 0; round < 6; round += 1) {
    const { stripe, kill } = await start();
    prices ??= await prepare(stripe);
    const at = prices;
    const last = 20 + pick(60);
    let answered = 0;
    let killed: Promise<void> | undefined;
    const client = async (place: number) => {
      for (let turn = 0; killed === undefined; turn += 1) {
        const attempt = `r${round}c${place}t${turn}`;
        const write = writes[pick(writes.length)]!;
        attempts.push({ attempt, write });
        const made = await write(stripe, attempt, at).catch((error: unknown) => {
          if (error instanceof Stripe.errors.StripeConnectionError) return undefined;
          throw error;
        });
        if (made === undefined) return;
        acknowledged.set(attempt, made.id);
        answered += 1;
        // The other clients' requests are on the way or being answered.
        if (answered === last) killed = kill();
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, place) => client(place)));
    await killed;
    expect(faultsOnDisk()).toEqual([]);
  }

  // Every attempt is made again under its key: it happened once, whether it was answered or not.
  const { stripe, kill } = await start();
  for (const { attempt, write } of attempts) {
    const again = await write(stripe, attempt, prices!);
    const first = acknowledged.get(attempt);
    if (first !== undefined) expect([attempt, again.id]).toEqual([attempt, first]);
  }
  const seen: string[] = [];
  const note = ({ metadata }: { metadata: Stripe.Metadata }) => {
    if (metadata.attempt !== undefined) seen.push(metadata.attempt);
  };
  for await (const each of stripe.customers.list({ limit: 100 })) note(each);
  for await (const each of stripe.paymentIntents.list({ limit: 100 })) note(each);
  for await (const each of stripe.subscriptions.list({ limit: 100 })) note(each);
  expect(seen.toSorted()).toEqual(attempts.map(({ attempt }) => attempt).toSorted());
  expect(acknowledged.size).toBeLessThan(attempts.length);
  await kill();
}, 60_000);

test("the check on what is left behind can fail", () => {
  const database = new DatabaseSync(join(folder, "local-stripe.sqlite"));
  database.exec(
    "DELETE FROM objects WHERE sequence = " +
      "(SELECT min(sequence) FROM objects WHERE kind = 'balance_transaction')",
  );
  database.close();
  expect(faultsOnDisk().some((fault) => /names txn_.* not there/.test(fault))).toBe(true);
});
