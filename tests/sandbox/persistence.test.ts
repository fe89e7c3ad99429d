import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { startSandbox } from "#sandbox/server";
import { listen, monthlyPrice, payingCustomer } from "#tests/sandbox/with-sandbox";

const folders: string[] = [];
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "local-stripe-"));
  folders.push(folder);
  return folder;
}

function clientOf(port: number): Stripe {
  return new Stripe("sk_test_kept", {
    host: "127.0.0.1",
    port,
    protocol: "http",
    telemetry: false,
  });
}

/** Starts the command line and resolves once it says it is ready, or with how it ended. */
function run(...args: string[]): Promise<{ child: ChildProcess; port: number; said: string }> {
  const child = spawn(process.execPath, ["sandbox/main.ts", ...args]);
  children.push(child);
  return new Promise((resolve) => {
    let said = "";
    const read = (chunk: Buffer) => {
      said += chunk.toString();
      const port = /ready at http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve({ child, port: Number(port), said });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.on("exit", () => resolve({ child, port: 0, said }));
  });
}

function ended(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => child.once("exit", (code) => resolve(code)));
}

test("everything survives a restart: objects, keys, time and what was still to be sent", async () => {
  const folder = dataFolder();
  const listener = await listen();
  listener.answer(500);
  const first = await startSandbox({ dataFolder: folder });
  const before = clientOf(first.port);
  await before.webhookEndpoints.create({ url: listener.url, enabled_events: ["customer.created"] });
  const made = await before.customers.create({ name: "A" }, { idempotencyKey: "k" });
  const headers = { authorization: "Bearer sk_test_kept" };
  const clock = (url: string) => `${url}/_sandbox/clock`;
  const moved = await fetch(clock(first.url), {
    method: "POST",
    headers,
    body: JSON.stringify({ advance_seconds: 80_000 }),
  });
  const { now } = (await moved.json()) as { now: number };
  await first.close();
  const sentBefore = listener.received.length;

  listener.answer(200);
  const second = await startSandbox({ dataFolder: folder });
  const after = clientOf(second.port);
  expect((await after.customers.create({ name: "A" }, { idempotencyKey: "k" })).id).toBe(made.id);
  const kept = (await (await fetch(clock(second.url), { headers })).json()) as { now: number };
  expect(kept.now).toBeGreaterThanOrEqual(now);
  const sent = () => listener.received.length;
  await expect.poll(sent, { timeout: 15_000 }).toBeGreaterThan(sentBefore);
  await second.close();
  listener.close();
});

test("a killed server comes back with every answered write", async () => {
  const folder = dataFolder();
  const { child, port } = await run("--port", "0", "--data", folder);
  const stripe = clientOf(port);
  const customer = await payingCustomer(stripe);
  const price = await monthlyPrice(stripe, 1500);
  const { id } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  child.kill("SIGKILL");
  await ended(child);

  const again = await run("--port", "0", "--data", folder);
  expect((await clientOf(again.port).subscriptions.retrieve(id)).status).toBe("active");
});

test("the command line ends cleanly when asked to", async () => {
  const { child, said } = await run("--port", "0", "--memory");
  expect(said).toMatch(/^Local Stripe ready at http:\/\/127\.0\.0\.1:\d+\n$/);
  child.kill("SIGTERM");
  expect(await ended(child)).toBe(0);
});

test("a taken port is said plainly, and the command fails", async () => {
  const { port } = await run("--port", "0", "--memory");
  const second = await run("--port", String(port), "--memory");
  expect(second.said).toContain("port is taken");
  expect(await ended(second.child)).toBe(1);
});
