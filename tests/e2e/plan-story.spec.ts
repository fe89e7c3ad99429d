import { type APIRequestContext, expect, type Locator, type Page, test } from "@playwright/test";
import type Stripe from "stripe";
import { demo } from "#scripts/shots/sign-in";
import { atStripe, localStripe } from "./support/local-stripe.ts";
import { onDatabase } from "./support/troubled-inbox.ts";
import { appUrl, dialogOf, payWith, signIn, signUp, somebody } from "./support/visitor.ts";

const card = "4242424242424242";

/**
 * What the plan costs, in cents, written down once more. Nothing below knows a price but from here,
 * and nothing here is the app's own arithmetic. A price of usage is in hundredths of a cent.
 */
const price = {
  base: 1_900n,
  seat: 700n,
  calls: [
    { upTo: 1_000n, each: 100n },
    { upTo: 10_000n, each: 40n },
    { upTo: null, each: 25n },
  ],
  /** The demo's own plan, to which the story's buyer goes up. */
  scale: 19_900n,
} as const;
/** Stripe charges no less, and puts it on the next invoice. */
const leastCharge = 50n;
/** Its last tier comes to a part of a cent: 2,503 × 0.25 ¢ = 625.75 ¢. */
const calls = 12_503n;

/** A half goes up, as Stripe rounds each tier by itself. */
function callLines(quantity: bigint): bigint[] {
  let below = 0n;
  return price.calls.flatMap(({ upTo, each }) => {
    const most = upTo === null || quantity < upTo ? quantity : upTo;
    const within = most - below;
    below = most;
    return within > 0n ? [(within * each + 50n) / 100n] : [];
  });
}

/** What is left of an amount when a part of its period has gone, to the second and rounded. */
function leftOf(minor: bigint, period: { from: number; to: number }, at: number): bigint {
  const whole = BigInt(period.to - period.from);
  return (2n * minor * BigInt(period.to - at) + whole) / (2n * whole);
}

const sum = (amounts: readonly bigint[]) => amounts.reduce((total, one) => total + one, 0n);

/** Cents as a page writes them: 5226n is $52.26, -1400n is −$14.00. */
function said(minor: bigint): string {
  const whole = (minor < 0n ? -minor : minor).toString().padStart(3, "0");
  const dollars = Number(whole.slice(0, -2)).toLocaleString("en-US");
  return `${minor < 0n ? "−" : ""}$${dollars}.${whole.slice(-2)}`;
}

/** The amounts a piece of a page shows, in its order, as cents. */
async function amountsIn(of: Locator): Promise<bigint[]> {
  const text = (await of.allInnerTexts()).join("\n");
  return [...text.matchAll(/([−-]?)\$([\d,]+)\.(\d\d)(?!\d)/g)].map(([, sign, whole, cents]) => {
    const minor = BigInt(`${whole?.replaceAll(",", "")}${cents}`);
    return sign ? -minor : minor;
  });
}

const cardOf = (page: Page, title: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name: title, exact: true }) });

async function makePlan(page: Page, name: string): Promise<void> {
  await signIn(page, demo.admin, demo.password);
  await page.goto(`${appUrl()}/admin/plans/new-plan`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("One sentence about it").fill("For a story that adds up.");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await page.waitForURL(/\/versions\/plv_.*\/edit$/);
  const part = (of: string) => page.getByRole("region", { name: of, exact: true });

  await page.getByRole("button", { name: "Flat fee" }).click();
  await part("Base fee").getByLabel("USD / month").fill("19");
  await page.getByRole("button", { name: "Per seat" }).click();
  await part("Seats").getByLabel("Each seat, USD").fill("7");
  await page.getByRole("button", { name: "By usage" }).click();
  await part("Usage").getByLabel("Name on the invoice").fill("Calls");
  const usage = part("Calls");
  await usage.getByLabel("Priced").selectOption("graduated");
  await usage.getByLabel("Counted by the meter").selectOption("api_calls");
  await usage.getByRole("button", { name: "Add a tier" }).click();
  await usage.getByLabel("Tier 1: up to").fill("1000");
  await usage.getByLabel("Tier 1: price of each").fill("0.01");
  await usage.getByLabel("Tier 2: up to").fill("10000");
  await usage.getByLabel("Tier 2: price of each").fill("0.004");
  await usage.getByLabel("Tier 3: price of each").fill("0.0025");

  await page.getByRole("textbox", { name: /^Seats/ }).fill("3");
  await page.getByRole("textbox", { name: /^Calls/ }).fill(String(calls));
  const total = price.base + 3n * price.seat + sum(callLines(calls));
  await expect(page.getByText(said(total)).first()).toBeVisible();
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page.getByText("Everything is saved")).toBeVisible();
  await page.getByRole("button", { name: /^Publish version 1/ }).click();
  await dialogOf(page).getByRole("button", { name: "Publish" }).click();
  await page.waitForURL(/\/versions\/plv_[^/]*$/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("published", {
    timeout: 30_000,
  });
}

/** From the public prices to a workspace that pays for two seats. Returns its slug. */
async function buy(page: Page, plan: string): Promise<string> {
  await page.goto(`${appUrl()}/pricing`);
  await page.getByRole("link", { name: `Choose ${plan}` }).click();
  await page.waitForURL(/\/sign-up\?/);
  const slug = await signUp(page, somebody("Story"), new URL(page.url()).search);
  const seats = page.getByRole("textbox", { name: "Seats" });
  await seats.fill("2");
  await seats.blur();
  await expect(page.getByText(said(price.base + 2n * price.seat)).first()).toBeVisible();
  await page.getByRole("button", { name: `Subscribe to ${plan}` }).click();
  await payWith(page, card);
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText(`${plan} is active.`)).toBeVisible();
  return slug;
}

async function makeKey(page: Page, slug: string): Promise<string> {
  await page.goto(`${appUrl()}/${slug}/developers/keys/new`);
  await page.getByLabel("What it is for").fill("Calls of the story");
  await page.getByRole("checkbox", { name: /^usage:write/ }).check();
  await page.getByRole("button", { name: "Create key" }).click();
  const shown = page.getByRole("region", { name: "API key", exact: true });
  await expect(shown).toContainText("lsk_test_");
  return (await shown.textContent()) ?? "";
}

/** Three events, all of them sent twice: what is known already is not counted again. */
async function useCalls(request: APIRequestContext, slug: string, key: string): Promise<void> {
  const data = [500n, 9_500n, calls - 10_000n].map((value, place) => ({
    ...{ key: `story-${place}`, meter: "api_calls", value: String(value) },
  }));
  for (const [accepted, duplicates] of [
    [3, 0],
    [0, 3],
  ]) {
    const answer = await request.post(`${appUrl()}/api/v1/usage`, {
      headers: { authorization: `Bearer ${key}` },
      data,
    });
    expect(await answer.json()).toEqual({ accepted, duplicates, refused: [] });
  }
  // Stripe is told every minute; the story does not wait for it.
  await onDatabase((client) =>
    client.query("select app.enqueue('usage.flush', '{}', null, null, 1)"),
  );
  await expect
    .poll(() =>
      onDatabase(async (client) => {
        const { rows } = await client.query<{ waiting: number }>(
          `select (select count(*) from usage_buckets where tenant_id = t.id and is_unsent)::int
             + (select count(*) from usage_flushes where tenant_id = t.id and sent_at is null)::int
             as waiting from tenants t where slug = $1`,
          [slug],
        );
        return rows[0]?.waiting;
      }),
    )
    .toBe(0);
}

/** Invites somebody and buys the seat they lack. */
async function addSeat(page: Page, slug: string): Promise<void> {
  await page.goto(`${appUrl()}/${slug}/team`);
  const people = [`kim@${slug}.test`, `lee@${slug}.test`];
  await page.getByRole("button", { name: "Invite people" }).click();
  await dialogOf(page).getByLabel("E-mail addresses").fill(people.join(", "));
  await dialogOf(page).getByRole("button", { name: /^Send/ }).click();
  await dialogOf(page).getByRole("button", { name: "Done" }).click();
  const seats = page.getByRole("meter", { name: "Seats" });
  await page.getByRole("button", { name: `Give a seat to ${people[0]}` }).click();
  await dialogOf(page).getByRole("button", { name: "Give a seat" }).click();
  await expect(seats).toHaveAttribute("aria-valuetext", "2 of 2 taken");
  await page.getByRole("button", { name: `Give a seat to ${people[1]}` }).click();
  await expect(dialogOf(page)).toContainText(`${said(price.seat)} more every month`);
  await dialogOf(page).getByRole("button", { name: "Add and give the seat" }).click();
  await expect(seats).toHaveAttribute("aria-valuetext", "3 of 3 taken");
}

/**
 * Ends the period now, at Stripe, and bills it with the next one: the world's clock is everybody's
 * and cannot be moved for one. The renewals of the demo are by the clock.
 */
async function endPeriod(slug: string): Promise<string> {
  const { subscription } = await atStripe(slug);
  const { latest_invoice } = await localStripe().subscriptions.update(subscription, {
    billing_cycle_anchor: { type: "now" },
    proration_behavior: "none",
  });
  return String(latest_invoice);
}

/** The invoice on its page and on paper: the same cents, line by line. */
async function seeInvoice(
  page: Page,
  slug: string,
  { invoice, lines }: { invoice: string; lines: readonly bigint[] },
): Promise<void> {
  const url = `${appUrl()}/${slug}/invoices/${invoice}`;
  await expect(async () => {
    expect((await page.goto(url))?.status()).toBe(200);
    await expect(page.getByText("Paid on").first()).toBeVisible({ timeout: 500 });
  }).toPass();
  const table = page.getByRole("table", { name: "Lines" });
  const amounts = table.getByRole("row").locator("td:last-child");
  expect(await amountsIn(amounts)).toEqual(lines);
  const total = page.locator("dl > div").filter({ hasText: "Total" });
  expect(await amountsIn(total)).toEqual([sum(lines)]);

  const link = page.getByRole("link", { name: "PDF" });
  const pdf = await page.request.get(`${appUrl()}${await link.getAttribute("href")}`);
  const written = writtenIn(await pdf.body());
  const [rows, sums] = [written.slice(0, written.indexOf("Subtotal")), written.slice(-8)];
  expect(rows.filter((text) => /^-?\$/.test(text))).toEqual(
    lines.map((minor) => said(minor).replace("−", "-")),
  );
  expect(sums[sums.indexOf("Total") + 1]).toBe(said(sum(lines)));
}

/** The texts of a PDF of the local Stripe in their order; it writes them as they are. */
function writtenIn(pdf: Buffer): string[] {
  const texts = pdf.toString("latin1").matchAll(/\(((?:\\.|[^\\)])*)\) Tj/g);
  return [...texts].map(([, text]) => text ?? "");
}

/** Changes to Scale: what is due is shown first, and is then what the invoice has. */
async function goUp(page: Page, slug: string): Promise<void> {
  const { subscription } = await atStripe(slug);
  await page.goto(`${appUrl()}/${slug}/billing/plan?plan=scale&interval=month`);
  const pay = page.getByRole("button", { name: /^Pay .* and change to Scale$/ });
  await expect(pay).toBeVisible();
  const [due, ...lines] = await amountsIn(page.getByRole("region", { name: "Due now" }));
  await pay.click();
  await expect(page.getByText("The change is made")).toBeVisible();

  const { at, ...period } = await turnOf(subscription);
  const left = (minor: bigint) => leftOf(minor, period, at);
  const expected = [-left(price.base), left(price.scale), -left(3n * price.seat)];
  expect(lines).toEqual(expected);
  expect(due).toBe(sum(expected));
  await page.goto(`${appUrl()}/${slug}/billing`);
  await expect(cardOf(page, "Latest invoices")).toContainText(said(sum(expected)));
}

/** When a subscription was last changed within its period, by what Stripe then billed. */
async function turnOf(subscription: string): Promise<{ from: number; to: number; at: number }> {
  const { items, latest_invoice } = await localStripe().subscriptions.retrieve(subscription, {
    expand: ["latest_invoice"],
  });
  const { current_period_start: from, current_period_end: to } = items.data[0]!;
  const { lines } = latest_invoice as Stripe.Invoice;
  const prorated = lines.data.find((line) => line.parent?.subscription_item_details?.proration);
  if (!prorated) throw new Error("The newest invoice prorates nothing");
  return { from, to, at: prorated.period.start };
}

/** Pauses, and goes on at once: what was paid for comes back and pays for the new period. */
async function pauseAndResume(page: Page, slug: string): Promise<void> {
  const { subscription } = await atStripe(slug);
  await page.goto(`${appUrl()}/${slug}/billing`);
  await page.getByRole("link", { name: "Pause", exact: true }).click();
  await page.getByRole("button", { name: "Pause the plan" }).click();
  await expect(page.getByText("The plan is paused.", { exact: true })).toBeVisible();
  const { at, ...period } = await turnOf(subscription);
  const credit = leftOf(price.scale, period, at);
  await expect(cardOf(page, "Latest invoices")).toContainText(said(-credit));

  await page.getByRole("link", { name: "Resume the plan" }).first().click();
  const due = page.getByRole("region", { name: "Due now" });
  await expect(due).toContainText(said(price.scale));
  const owed = price.scale - credit;
  expect((await amountsIn(due))[0]).toBe(owed < leastCharge ? 0n : owed);
  await page.getByRole("button", { name: /resume/i }).click();
  await expect(page.getByText("The change is made")).toBeVisible();
  await expect(cardOf(page, "Latest invoices").getByRole("row").nth(1)).toContainText(
    said(price.scale),
  );
}

/** Leaves at once and says why, then comes back. */
async function leaveAndReturn(page: Page, slug: string): Promise<void> {
  await page.getByRole("link", { name: "Cancel", exact: true }).click();
  await page.getByRole("radio", { name: "Something else", exact: true }).check();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("link", { name: "Now", exact: true }).click();
  await page.getByRole("button", { name: "Cancel now" }).click();
  await expect(page.getByText(/Your Scale plan ended/)).toBeVisible();
  const before = await atStripe(slug);
  expect(await localStripe().subscriptions.retrieve(before.subscription)).toMatchObject({
    status: "canceled",
    cancellation_details: { feedback: "other" },
  });

  await page.getByRole("link", { name: "Choose Scale again" }).click();
  await expect(page.getByText(said(price.scale)).first()).toBeVisible();
  await page.getByRole("button", { name: "Subscribe to Scale" }).click();
  await payWith(page, card);
  await page.waitForURL(new RegExp(`/${slug}/billing`));
  await expect(page.getByText("Scale is active.")).toBeVisible();
  expect(await atStripe(slug)).not.toEqual(before);
}

test("a plan is published, bought, used, billed, changed, paused, left and bought again", async ({
  page,
  browser,
  request,
}) => {
  test.setTimeout(180_000);
  const name = `Story ${Date.now().toString(36)}`;
  const console = await (await browser.newContext()).newPage();
  await test.step("an admin makes and publishes it", () => makePlan(console, name));
  const slug = await test.step("a visitor buys two seats of it", () => buy(page, name));
  const key = await test.step("a key is made", () => makeKey(page, slug));
  await test.step("usage is reported", () => useCalls(request, slug, key));
  const used = callLines(calls);

  await test.step("the live cost is the plan's", async () => {
    await page.goto(`${appUrl()}/${slug}/billing/usage`);
    const cost = page.getByRole("table", { name: "How the cost comes about" });
    // The page comes in parts; its table may be the last of them.
    await expect.poll(() => amountsIn(cost.getByRole("cell").last())).toEqual([sum(used)]);
    await page.goto(`${appUrl()}/${slug}/billing`);
    const next = sum([price.base, 2n * price.seat, ...used]);
    await expect(cardOf(page, "Next invoice")).toContainText(said(next));
  });
  await test.step("a member is invited and a seat is bought", () => addSeat(page, slug));
  const invoice = await test.step("the period ends", () => endPeriod(slug));
  await test.step("invoice, document and our own check agree", async () => {
    // The third seat for the days it was there, then the next period, then what was used.
    const lines = [
      ...[-2n * price.seat, 3n * price.seat],
      ...[price.base, 3n * price.seat, ...used],
    ];
    await seeInvoice(page, slug, { invoice, lines });
    await console.goto(`${appUrl()}/admin/rater/${invoice}`);
    await expect(console.getByRole("heading", { level: 1 })).toContainText("Equal");
  });
  await test.step("it is changed for a larger plan", () => goUp(page, slug));
  await test.step("paused and resumed", () => pauseAndResume(page, slug));
  await test.step("left and bought again", () => leaveAndReturn(page, slug));
});
