import Stripe from "stripe";
import { expect, test } from "vitest";
import { routes } from "#sandbox/resources/routes";
import { actOnAccounts } from "#tests/sandbox/sdk/act-accounts";
import { actOnBilling } from "#tests/sandbox/sdk/act-billing";
import { actOnMoney } from "#tests/sandbox/sdk/act-money";
import { faultsInDelivery } from "#tests/sandbox/sdk/check-value";
import { createLedger } from "#tests/sandbox/sdk/ledger";
import { methodsOfSdk, type SdkMethod } from "#tests/sandbox/sdk/methods";
import { walkSurface } from "#tests/sandbox/sdk/walk-surface";
import { readSdkTypes } from "#tests/sandbox/sdk/watch-answers";
import { billALittle, fillBanking, liveALittle } from "#tests/sandbox/sdk/worlds";
import { listen, readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const ledger = createLedger();
const sandbox = withSandbox(ledger.hear);
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

const worlds = ["life", "billing", "banking", "billing_acts", "money_acts", "account_acts"];

/** Listens to a world and its accounts, to events whole and thin. */
async function listenTo(name: string, url: string): Promise<void> {
  const { webhookEndpoints, v2 } = sandbox.client(name);
  for (const connect of [false, true]) {
    await webhookEndpoints.create({ url, connect, enabled_events: ["*"] });
  }
  await v2.core.eventDestinations.create({
    ...{ name: "All", type: "webhook_endpoint", event_payload: "thin", enabled_events: ["*"] },
    ...{ events_from: ["@self", "@accounts"], webhook_endpoint: { url } },
  });
}

/** Asks the SDK for everything in worlds where one of everything is. */
async function walkWorlds(): Promise<void> {
  await liveALittle(sandbox, "life");
  await billALittle(sandbox.client("billing"));
  const shop = await readyAccount(sandbox, "banking");
  await fillBanking(sandbox.client("banking"), shop);
  await walkSurface(sandbox.client("life"), builtMethods);
  await walkSurface(sandbox.client("billing"), builtMethods);
  await walkSurface(sandbox.client("banking"), builtMethods, { stripeAccount: shop });
  await actOnBilling(sandbox, "billing_acts");
  await actOnMoney(sandbox, "money_acts");
  await actOnAccounts(sandbox, "account_acts");
}

/** Refunds to cards never wait for their customer, and no other kind of refund that does is built. */
const onlyRefuses = ["POST /v1/refunds/:id/cancel", "POST /v1/test_helpers/refunds/:id/expire"];

test("every route that is built has answered the SDK with a success, and told what it should", async () => {
  const listener = await listen();
  for (const name of worlds) await listenTo(name, listener.url);
  await walkWorlds();
  for (const name of worlds) await sandbox.admin("/settle", {}, name);
  listener.close();
  const types = readSdkTypes();
  const arrived = listener.received.map(({ body }) => JSON.parse(body) as { object: string });
  const wrong = arrived.flatMap((event) => faultsInDelivery(types, event, "delivered"));
  expect([...new Set(wrong)]).toEqual([]);
  for (const kind of ["event", "v2.core.event"]) {
    expect(arrived.filter(({ object }) => object === kind).length).toBeGreaterThan(200);
  }
  const succeeded = ledger.succeeded();
  // A new route is walked by itself if it reads or updates; an act belongs in an `act-*.ts` here.
  expect(Object.keys(routes).filter((route) => !succeeded.has(route))).toEqual(onlyRefuses);
}, 60_000);

test("what is not the SDK's, fails, or is not built proves nothing", () => {
  const own = createLedger();
  const url = "http://127.0.0.1/v1/customers";
  const tell = (agent: string, status: number, path = "") =>
    own.hear({
      request: new Request(`${url}${path}`, { headers: { "user-agent": agent } }),
      ...{ status, body: "{}" },
    });
  tell("curl/8", 200);
  tell("Stripe/v1 NodeBindings/23.1.0", 404);
  tell("Stripe/v1 NodeBindings/23.1.0", 200, "/cus_1/nothing");
  expect([...own.succeeded()]).toEqual([]);
  tell("Stripe/v1 NodeBindings/23.1.0", 200, "/cus_1");
  expect([...own.succeeded()]).toEqual(["GET /v1/customers/:id"]);
});
