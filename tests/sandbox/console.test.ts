import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Kind, kinds } from "#sandbox/store/kinds";
import { populated } from "#tests/sandbox/console-world";
import { withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();
let world: Awaited<ReturnType<typeof populated>>;

beforeAll(async () => {
  world = await populated(sandbox, "people");
});
afterAll(() => world.close());

async function page(path: string): Promise<{ status: number; html: string }> {
  const response = await fetch(`${sandbox.url}${path}`);
  return { status: response.status, html: await response.text() };
}

test.each([
  ["/", "sk_test_people"],
  ["/w/people", "Latest events"],
  ["/w/people/accounts", "Corner shop"],
  ["/w/people/objects", "Subscriptions"],
  ["/w/people/events", "customer.created"],
  ["/w/people/deliveries", "trying again"],
  ["/w/people/requests", "POST /v1/customers"],
  ["/w/people/clock", "Renews:"],
  ["/w/people/faults", "What Stripe takes"],
  ["/w/people/jump?q=harbour", "Harbour"],
])("%s says «%s»", async (path, words) => {
  const { status, html } = await page(path);
  expect(status).toBe(200);
  expect(html).toContain(words);
});

describe("every kind there is", () => {
  test.each(Object.keys(kinds) as Kind[])("%s has a list, and each object a page", async (kind) => {
    const list = await page(`/w/people/objects/${kind}`);
    expect(list.status).toBe(200);
    const ids = [...list.html.matchAll(/<a class="id" href="([^"]+\/object\/[^"]+)"/g)];
    for (const [, path = ""] of ids.slice(0, 2)) {
      const one = await page(path.replaceAll("&amp;", "&"));
      expect(one.status, path).toBe(200);
      expect(one.html).toContain('class="json"');
    }
  });
});

test("an object's ids lead to their objects, also in another account", async () => {
  const transfer = await page(`/w/people/object/${world.transfer}`);
  expect(transfer.html).toContain(`/w/people/object/${world.account}"`);
  const paths = [...transfer.html.matchAll(/href="(\/w\/people\/object\/[^"]+)"/g)];
  for (const [, path = ""] of paths) {
    expect((await page(path.replaceAll("&amp;", "&"))).status, path).toBe(200);
  }
});

test("an id is found in whichever account it belongs to", async () => {
  const response = await fetch(`${sandbox.url}/w/people/jump?q=${world.payment}`, {
    redirect: "manual",
  });
  expect(response.status).toBe(303);
  expect(response.headers.get("location")).toContain(`account=${world.account}`);
});

test("a connected account has pages of its own, without the platform's objects", async () => {
  const { status, html } = await page(`/w/people/objects/customer?account=${world.account}`);
  expect(status).toBe(200);
  expect(html).not.toContain(world.customer);
  expect(html).toContain("None here yet");
});

test.each([
  "/w/nobody",
  "/w/people/object/cus_nothing",
  "/w/people/objects/unicorn",
  "/w/people/events/evt_nothing",
  "/w/people/deliveries/999999",
  "/w/people/requests/req_nothing",
  "/w/people/accounts/acct_nothing",
  "/w/people/nowhere",
  "/w/people?account=acct_nothing",
  "/w/people/jump?q=nothing-has-this",
])("%s is not there, and says so", async (path) => {
  const { status, html } = await page(path);
  expect(status).toBe(404);
  expect(html).toContain("<h1>");
});

test("a name that is markup is shown as it is written", async () => {
  const { html } = await page(`/w/people/object/${world.customer}`);
  expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(html).not.toContain("<script>alert(1)");
  const list = await page("/w/people/objects/customer");
  expect(list.html).not.toContain("<script>alert(1)");
  const search = await page(`/w/people/jump?q=${encodeURIComponent("<script>alert(1)")}`);
  expect(search.html).not.toContain("<script>alert(1)");
});

test("a list goes on beyond its first page, and back", async () => {
  const stripe = sandbox.client("many");
  for (let count = 0; count < 60; count += 1) {
    await stripe.coupons.create({ id: `COUPON${count}`, percent_off: 10, duration: "once" });
  }
  const first = await page("/w/many/objects/coupon");
  const older = /href="([^"]+)" rel="next"/.exec(first.html)?.[1]?.replaceAll("&amp;", "&");
  const second = await page(String(older));
  expect(first.html).toContain(">COUPON59<");
  expect(first.html).not.toContain(">COUPON9<");
  expect(second.html).toContain(">COUPON9<");
  const newer = /href="([^"]+)" rel="prev"/.exec(second.html)?.[1]?.replaceAll("&amp;", "&");
  expect((await page(String(newer))).html).toContain(">COUPON59<");
});

test("an event shows what changed, and where it was sent", async () => {
  const { data } = await sandbox.client("people").events.list({ type: "charge.refunded" });
  const { html } = await page(`/w/people/events/${data[0]!.id}`);
  expect(html).toContain("What changed");
  expect(html).toMatch(/<mark>.*amount_refunded/);
  expect(html).toContain("delivered");
});

test("a delivery shows each attempt and what the endpoint said", async () => {
  const { html: list } = await page("/w/people/deliveries?state=failing");
  const path = /href="(\/w\/people\/deliveries\/\d+)"/.exec(list)?.[1];
  const { html } = await page(String(path));
  expect(html).toContain("The endpoint answered 500.");
});

test("a request shows what was sent and what was answered", async () => {
  const { lastResponse } = await sandbox.client("people").coupons.create({
    ...{ id: "SENT", percent_off: 10, duration: "once" },
  });
  const { html } = await page(`/w/people/requests/${lastResponse.requestId}`);
  expect(html).toContain("percent_off");
  expect(html).toContain("What was answered");
  expect(html).toContain('href="/w/people/object/SENT"');
});

test("a secret is covered until it is asked for", async () => {
  const { html } = await page("/w/people/deliveries");
  expect(html).toMatch(/<details class="secret">[\s\S]*whsec_\w{20,}/);
});
