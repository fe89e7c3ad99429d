import { request } from "node:http";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { adminCalls } from "#sandbox/admin/calls";
import { acts as kindActs } from "#sandbox/console/acts";
import { createMatcher } from "#sandbox/protocol/match";
import { routes } from "#sandbox/resources/routes";
import { populated } from "#tests/sandbox/console-world";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
const match = createMatcher(routes);
let world: Awaited<ReturnType<typeof populated>>;

beforeAll(async () => {
  world = await populated(sandbox, "acts");
});
afterAll(() => world.close());

/** Sends a form as a browser does from a page of the console. */
async function act(path: string, fields: Record<string, string> = {}) {
  const response = await fetch(`${sandbox.url}${path}`, {
    method: "POST",
    redirect: "manual",
    headers: { origin: sandbox.url, "sec-fetch-site": "same-origin" },
    body: new URLSearchParams(fields),
  });
  const location = response.headers.get("location") ?? "";
  return { status: response.status, location, html: await response.text() };
}

const acts = (id: string, name: string) => `/w/acts/object/${id}/acts/${name}`;

describe("on objects", () => {
  const calls = Object.entries(kindActs).flatMap(([kind, known]) =>
    known.map((known) => [`${kind}: ${known.label}`, known.call("id", {}, {})] as const),
  );

  test.each(calls)("%s is a call that any program could make", (_label, { plane, name }) => {
    const [method = "", path = ""] = name.split(" ");
    if (plane === "admin") expect(Object.keys(adminCalls)).toContain(name);
    else expect(match(method, path).found).toBe("built");
  });

  test("a charge is refunded through the API, which says no to more than is left", async () => {
    const stripe = sandbox.client("acts");
    expect(await act(acts(world.charge, "refund"), { amount: "1000" })).toMatchObject({
      status: 303,
    });
    expect((await stripe.charges.retrieve(world.charge)).amount_refunded).toBe(1500);
    const refused = await act(acts(world.charge, "refund"), { amount: "99999999" });
    expect(refused.status).toBe(422);
    expect(refused.html).toContain("That was refused");
  });

  test("a subscription ends with its period, and is kept after all", async () => {
    const stripe = sandbox.client("acts");
    await act(acts(world.subscription, "end"));
    const ending = await stripe.subscriptions.retrieve(world.subscription);
    expect(ending.cancel_at_period_end).toBe(true);
    await act(acts(world.subscription, "keep"));
    const kept = await stripe.subscriptions.retrieve(world.subscription);
    expect(kept.cancel_at_period_end).toBe(false);
  });

  test("an invoice is finalized and voided; what no longer fits is refused", async () => {
    await act(acts(world.invoice, "finalize"));
    await act(acts(world.invoice, "void"));
    const { status } = await sandbox.client("acts").invoices.retrieve(world.invoice);
    expect(status).toBe("void");
    expect((await act(acts(world.invoice, "pay"))).status).toBe(422);
  });

  test("a dispute is decided", async () => {
    const stripe = sandbox.client("acts");
    const [dispute] = (await stripe.disputes.list()).data;
    await act(acts(dispute!.id, "decide"), { verdict: "won" });
    expect((await stripe.disputes.retrieve(dispute!.id)).status).toBe("won");
  });

  test("a connected account's payout fails, found wherever one stands", async () => {
    const there = { stripeAccount: world.account };
    const stripe = sandbox.client("acts", there);
    await sandbox.admin("/clock", { advance_seconds: 3 * 86_400 }, "acts");
    const [payout] = (await stripe.payouts.list()).data;
    const { location } = await act(acts(payout!.id, "fail"), { code: "account_closed" });
    expect(location).toContain(`account=${world.account}`);
    expect(await stripe.payouts.retrieve(payout!.id)).toMatchObject({
      ...{ status: "failed", failure_code: "account_closed" },
    });
  });

  test("a test clock is advanced", async () => {
    await act(acts(world.clock, "advance"), { to: "2027-02-15T08:00" });
    const clock = () => sandbox.client("acts").testHelpers.testClocks.retrieve(world.clock);
    const there = { status: "ready", frozen_time: Date.UTC(2027, 1, 15, 8) / 1000 };
    await expect.poll(clock, { timeout: 5000 }).toMatchObject(there);
  });
});

describe("on the world", () => {
  test("time moves to a step, and everything due on the way happens", async () => {
    const before = await sandbox.admin<{ now: number }>("/clock", undefined, "acts");
    expect((await act("/w/acts/clock", { step: "week" })).status).toBe(303);
    const after = await sandbox.admin<{ now: number }>("/clock", undefined, "acts");
    expect(after.now - before.now).toBeGreaterThanOrEqual(7 * 86_400);
    const page = await (await fetch(`${sandbox.url}/w/acts/clock`)).text();
    expect(page).toContain("happened on the");
    expect((await act("/w/acts/clock", { step: "to", to: "nonsense" })).status).toBe(422);
  });

  test("a fault is set, bites, and is removed", async () => {
    const stripe = sandbox.client("acts");
    await act("/w/acts/faults", { route: "POST /v1/coupons", kind: "500", count: "1" });
    await expect(stripe.coupons.create({ percent_off: 5 })).rejects.toMatchObject({
      statusCode: 500,
    });
    await act("/w/acts/faults", { route: "POST /v1/coupons", kind: "429", count: "9" });
    await act("/w/acts/faults/remove", { where: "POST /v1/coupons" });
    expect((await stripe.coupons.create({ percent_off: 5 })).object).toBe("coupon");
  });

  test("settings are changed: fees, the ledger's delay and the end of retries", async () => {
    await act("/w/acts/settings/fees", { country: "de", percent: "1.5", fixed: "25" });
    await act("/w/acts/settings/delay", { seconds: "30" });
    await act("/w/acts/settings/usage", { seconds: "45" });
    await act("/w/acts/settings/billing", { after_retries: "unpaid" });
    const html = await (await fetch(`${sandbox.url}/w/acts/faults`)).text();
    expect(html).toMatch(/<td class="">DE<\/td>\s*<td class="end">1.5<\/td>/);
    expect(html).toContain('value="30"');
    expect(html).toContain('value="45"');
    expect(html).toMatch(/<option value="unpaid" selected\s*>/);
  });

  test("a settlement currency has its rates one by one, and is taken away again", async () => {
    const rate = (currency: string, from: string, rate: string) =>
      act("/w/acts/settings/settlement", { currency, from, rate });
    const page = async () => (await fetch(`${sandbox.url}/w/acts/faults`)).text();
    await rate("USD", "EUR", "1.0832");
    await rate("usd", "gbp", "1.27");
    expect(await page()).toMatch(/EUR<\/td>\s*<td class="end">1.0832<[\s\S]*GBP<\/td>/);
    const taken = await sandbox.client("acts").paymentIntents.create({
      ...{ amount: 1000, currency: "eur", payment_method: "pm_card_visa", confirm: true },
      expand: ["latest_charge.balance_transaction"],
    });
    const { balance_transaction: row } = taken.latest_charge as Stripe.Charge;
    expect(row).toBeNull();
    await sandbox.admin("/clock", { advance_seconds: 60 }, "acts");
    const [latest] = (await sandbox.client("acts").balanceTransactions.list({ limit: 1 })).data;
    expect(latest).toMatchObject({ amount: 1083, currency: "usd", exchange_rate: 1.0832 });
    expect((await rate("moon", "eur", "1")).status).toBe(422);
    await rate("", "", "");
    expect(await page()).toContain("Every currency settles in itself.");
  });

  test("a fault may carry a header", async () => {
    const fault = { route: "GET /v1/topups", kind: "429", count: "1", header: "Retry-After: 2" };
    await act("/w/acts/faults", fault);
    const page = await (await fetch(`${sandbox.url}/w/acts/faults`)).text();
    expect(page).toContain("retry-after: 2");
    const refused = await sandbox
      .client("acts")
      .topups.list()
      .catch((error: Stripe.errors.StripeError) => error);
    expect(refused).toMatchObject({ headers: { "retry-after": "2" } });
  });

  test("a failed delivery is tried again until the endpoint takes it", async () => {
    world.bad.answer(200);
    const before = world.bad.received.length;
    expect((await act("/w/acts/deliveries/retry")).status).toBe(303);
    await sandbox.admin("/settle", {}, "acts");
    expect(world.bad.received.length).toBeGreaterThan(before);
    const list = await (await fetch(`${sandbox.url}/w/acts/deliveries`)).text();
    expect(list).toContain("0 deliveries failing");
  });

  test("deliveries are held, and released the other way round", async () => {
    const stripe = sandbox.client("acts");
    await act("/w/acts/deliveries/hold");
    await stripe.products.create({ name: "One" });
    await stripe.products.create({ name: "Two" });
    const before = world.good.received.length;
    await act("/w/acts/deliveries/release", { order: "reverse", duplicate: "true" });
    const names = world.good.received.slice(before).map(({ body }) => {
      return (JSON.parse(body) as { data: { object: { name: string } } }).data.object.name;
    });
    expect(names).toEqual(["Two", "Two", "One", "One"]);
  });

  test("an endpoint is added, and turned off and on", async () => {
    const stripe = sandbox.client("acts");
    await act("/w/acts/endpoints", { url: "http://localhost:1/x", events: "payout.paid *" });
    const [endpoint] = (await stripe.webhookEndpoints.list()).data;
    expect(endpoint?.enabled_events).toEqual(["payout.paid", "*"]);
    await act(`/w/acts/endpoints/${endpoint!.id}`, { turn: "off" });
    expect((await stripe.webhookEndpoints.retrieve(endpoint!.id)).status).toBe("disabled");
    expect((await act("/w/acts/endpoints", { url: "nowhere", events: "*" })).status).toBe(422);
  });

  test("an account is made, onboarded, asked for more, and gives it", async () => {
    const { location } = await act("/w/acts/accounts", { name: "New shop", country: "us" });
    const id = /acct_\w+/.exec(location)![0];
    await act(`/w/acts/accounts/${id}/onboard`);
    const stripe = sandbox.client("acts");
    expect((await stripe.accounts.retrieve(id)).charges_enabled).toBe(true);
    const description = "identity.document";
    await act(`/w/acts/accounts/${id}/requirements`, { description, days: "0" });
    expect((await stripe.accounts.retrieve(id)).charges_enabled).toBe(false);
    await act(`/w/acts/accounts/${id}/satisfy`, { description });
    expect((await stripe.accounts.retrieve(id)).charges_enabled).toBe(true);
  });

  test("a world is made, refused under a bad name, and reset", async () => {
    expect((await act("/worlds", { name: "sk_test_fresh" })).location).toBe("/w/fresh");
    expect((await act("/worlds", { name: "no spaces" })).location).toContain("refused");
    await sandbox.client("fresh").customers.create({ name: "Gone" });
    expect((await act("/w/fresh/reset")).location).toContain("done=reset");
    const { data } = await sandbox.client("fresh").customers.list();
    expect(data).toEqual([]);
  });
});

describe("who may", () => {
  const post = (headers: Record<string, string>) =>
    fetch(`${sandbox.url}/w/acts/clock`, {
      ...{ method: "POST", redirect: "manual", headers, body: "step=month" },
    });

  test.each([
    ["another site's form", { origin: "https://evil.test" }],
    ["a form without an origin", {}],
    ["a sandboxed frame", { origin: "null" }],
    ["a form of another port of this machine", { origin: "http://127.0.0.1:1" }],
  ])("%s does nothing", async (_who, headers: Record<string, string>) => {
    const before = await sandbox.admin<{ now: number }>("/clock", undefined, "acts");
    const type = { "content-type": "application/x-www-form-urlencoded" };
    expect((await post({ ...type, ...headers })).status).toBe(403);
    const after = await sandbox.admin<{ now: number }>("/clock", undefined, "acts");
    expect(after.now - before.now).toBeLessThan(86_400);
  });

  test.each(["evil.test", "evil.test:12111", "127.0.0.1.evil.test"])(
    "a name of another site, «%s», reads nothing",
    async (host) => {
      for (const path of ["/", "/w/acts", "/w/acts/events/stream"]) {
        expect((await asked(path, host)).status).toBe(403);
      }
    },
  );

  test("localhost is this machine too, and no page may be framed or run another's script", async () => {
    const { status, policy } = await asked("/w/acts", `localhost:${new URL(sandbox.url).port}`);
    expect(status).toBe(200);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("script-src 'self';");
  });
});

/** Asks under any Host, which fetch would not send. */
function asked(path: string, host: string): Promise<{ status: number; policy: string }> {
  return new Promise((resolve, reject) => {
    const call = request(`${sandbox.url}${path}`, { headers: { host } }, (response) => {
      const policy = String(response.headers["content-security-policy"]);
      response.resume();
      resolve({ status: response.statusCode ?? 0, policy });
    });
    call.on("error", reject);
    call.end();
  });
}
