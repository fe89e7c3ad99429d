import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Stripe from "stripe";
import { expect, test } from "vitest";
import { routes } from "#sandbox/resources/routes";
import { methodsOfSdk, type SdkMethod } from "#tests/sandbox/sdk/methods";
import { walkSurface } from "#tests/sandbox/sdk/walk-surface";
import { billALittle, fillBanking, liveALittle } from "#tests/sandbox/sdk/worlds";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const methods = methodsOfSdk();
const isBuilt = ({ route }: SdkMethod) => route in routes;
const builtMethods = methods.filter(isBuilt);

test(`the SDK reaches what is built by its ${builtMethods.length} methods`, async () => {
  const stripe = sandbox.client();
  const unreached: string[] = [];
  for (const { name, call } of builtMethods) {
    const answer = await statusOf(() => call(stripe));
    // With ids of nothing it may work, or be refused; never fail, never be unknown.
    if (answer.status >= 500 || answer.message.includes("Unrecognized request URL")) {
      unreached.push(`${name}: ${answer.status} ${answer.message}`);
    }
  }
  expect(unreached).toEqual([]);
});

test("what is not built says so to the SDK, and pretends nothing", async () => {
  const stripe = sandbox.client();
  const silent: string[] = [];
  const options = { apiVersion: "2026-01-28.clover" }; // Ephemeral keys want one said.
  for (const { name, call } of methods.filter((method) => !isBuilt(method))) {
    const answer = await statusOf(() => call(stripe, undefined, {}, options));
    if (answer.status !== 501) silent.push(`${name}: ${answer.status} ${answer.message}`);
  }
  expect(silent).toEqual([]);
});

async function statusOf(call: () => Promise<unknown>) {
  try {
    await call();
    return { status: 200, message: "" };
  } catch (error) {
    // It wanted more of its arguments than an id; the SDK itself refused, and asked nobody.
    if (!(error instanceof Stripe.errors.StripeError)) return { status: 0, message: String(error) };
    return { status: error.statusCode ?? 0, message: error.message };
  }
}

const folder = join(import.meta.dirname, "..");
const suite = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");

/** Whether the tests call a method of the SDK's: `sessions.expire(`, whatever the client's name. */
function isCalled(name: string, text: string): boolean {
  const path = name.split(".").slice(-2).join("\\s*\\.\\s*");
  return new RegExp(`\\b${path}\\(`).test(text);
}

/** Every route that worked in three worlds where one of everything is. */
async function walkWorlds(): Promise<Set<string>> {
  await liveALittle(sandbox, "life");
  await billALittle(sandbox.client("billing"));
  const shop = await readyAccount(sandbox, "banking");
  await fillBanking(sandbox.client("banking"), shop);
  const walked = [
    await walkSurface(sandbox.client("life"), builtMethods),
    await walkSurface(sandbox.client("billing"), builtMethods),
    await walkSurface(sandbox.client("banking"), builtMethods, { stripeAccount: shop }),
  ];
  return new Set(walked.flatMap((routes) => [...routes]));
}

test("every route that is built is called through the SDK, where it can be on what is there", async () => {
  const driven = await walkWorlds();
  const byRoute = Map.groupBy(builtMethods, ({ route }) => route);
  const undriven = [...byRoute].filter(
    ([route, ways]) => !driven.has(route) && !ways.some(({ name }) => isCalled(name, suite)),
  );
  expect(undriven.map(([route, ways]) => `${route} by ${ways[0]?.name}`)).toEqual([]);
}, 60_000);

test("a method nobody calls is noticed", () => {
  expect(isCalled("checkout.sessions.expire", "await stripe.checkout.sessions.expire(id)")).toBe(
    true,
  );
  expect(isCalled("checkout.sessions.expire", "await stripe.checkout.sessions.create()")).toBe(
    false,
  );
  expect(methods.length).toBeGreaterThan(500);
});
