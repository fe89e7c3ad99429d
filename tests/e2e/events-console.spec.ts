import { expect, type Page, type Response, test } from "@playwright/test";
import { demo } from "#scripts/shots/sign-in";
import { colourFaultsOf, faultsOf, listenTo, turnTo } from "./support/look-over.ts";
import { fraudType, onDatabase, plantTroubles } from "./support/troubled-inbox.ts";
import { appUrl, dialogOf, signIn } from "./support/visitor.ts";

test.describe.configure({ mode: "serial", timeout: 120_000 });

let spoiled: { customerId: string; name: string };

test.beforeAll(async () => {
  spoiled = await plantTroubles();
});

test.beforeEach(async ({ page }) => {
  await signIn(page, demo.admin, demo.password);
});

const at = (path: string) => `${appUrl()}/admin/events${path}`;

/** How many events of the bad night stand in each state. */
function fraudStates(): Promise<Record<string, number>> {
  return onDatabase(async (client) => {
    const { rows } = await client.query<{ status: string; count: number }>(
      `select status::text, count(*)::integer as count from inbox_events
       where type = $1 group by status`,
      [fraudType],
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  });
}

async function expectClean(page: Page, what: string): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  expect.soft(await faultsOf(page), what).toEqual([]);
}

for (const { width, theme, turnsTo } of [
  { width: 1440, theme: "light", turnsTo: "dark" },
  { width: 390, theme: "dark", turnsTo: "light" },
] as const) {
  test(`after a bad night every page about events is whole at ${width} px, light and dark`, async ({
    page,
  }) => {
    test.setTimeout(300_000);
    await page.setViewportSize({ width, height: 900 });
    await page.addInitScript((value) => localStorage.setItem("theme", value), theme);
    for (const path of [
      ...["", "?status=dead", "/evt_fraud3", "/dead", `/dead?type=${fraudType}`, "/drift"],
      ...[`/drift/drf_${spoiled.customerId}`, "/backfills", "/breakers"],
    ]) {
      await page.goto(at(path));
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectClean(page, path);
      expect.soft(await colourFaultsOf(page, turnsTo), `${path}, ${turnsTo}`).toEqual([]);
    }
    await page.goto(at("/dead"));
    await page.getByRole("button", { name: `Discard: those of ${fraudType}` }).click();
    await expect(dialogOf(page).getByText("150 events.")).toBeVisible();
    await expectClean(page, "the question before a run");
  });
}

test("a page that has refreshed itself still changes its theme without a word", async ({
  page,
}) => {
  const { said } = listenTo(page);
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(at(""));
  // Each refresh asks when the one before is on the page.
  const isRefresh = (answer: Response) => {
    const headers = answer.request().headers();
    const isHere = new URL(answer.url()).pathname === "/admin/events";
    return isHere && headers.rsc === "1" && headers["next-router-prefetch"] === undefined;
  };
  await page.waitForResponse(isRefresh);
  await page.waitForResponse(isRefresh);
  await turnTo(page, "dark");
  expect(said).toEqual([]);
});

test("a dead letter is discarded with its reason and replayed, by keyboard alone", async ({
  page,
}) => {
  await page.goto(at("/evt_fraud7"));
  await expect(page.getByText("Stripe has no charge ch_3P7x for this warning")).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toBeVisible();
  await dialogOf(page).getByLabel("Why").focus();
  await page.keyboard.type("A warning about a charge of another platform");
  await dialogOf(page).getByRole("button", { name: "Discard" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(page.getByText("A warning about a charge of another platform")).toBeVisible();
  await expect(page.getByText("Robin Vale").first()).toBeVisible();

  await page.getByRole("button", { name: "Replay" }).focus();
  await page.keyboard.press("Enter");
  await dialogOf(page).getByRole("button", { name: "Replay" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialogOf(page)).toHaveCount(0);
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByRole("heading", { level: 1 }).textContent();
    })
    .toContain("ignored");
});

test("all that failed alike are counted, named by their phrase, and replayed once", async ({
  page,
}) => {
  await page.goto(at("/dead"));
  await page.getByRole("button", { name: `Replay: those of ${fraudType}` }).click();
  const dialog = dialogOf(page);
  await expect(dialog.getByText("149 events.")).toBeVisible();
  const replay = dialog.getByRole("button", { name: "Replay" });
  await expect(replay).toBeDisabled();
  await dialog.getByLabel(/Type/).fill("replay 149");
  await replay.dblclick();
  await page.waitForURL(/\/runs/);
  const run = page.getByRole("row", { name: new RegExp(fraudType) });
  await expect(run).toHaveCount(1);
  await expect
    .poll(async () => {
      await page.reload();
      return run.textContent();
    })
    .toMatch(/done.*149 events/);
  await expect.poll(fraudStates).toEqual({ ignored: 150 });
});

test("a mirror that differs is shown field by field, and repaired when a person says so", async ({
  page,
}) => {
  await page.goto(at("/drift"));
  await page.getByRole("row", { name: new RegExp(spoiled.customerId.slice(0, 8)) }).waitFor();
  await page.goto(at(`/drift/drf_${spoiled.customerId}`));
  const differing = page.getByRole("row", { name: /Somebody else/ });
  await expect(differing).toContainText(spoiled.name);
  await page.getByRole("button", { name: "Repair" }).click();
  await dialogOf(page).getByRole("button", { name: "Repair" }).click();
  await expect(dialogOf(page)).toHaveCount(0);
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByRole("heading", { level: 1 }).textContent();
    })
    .toContain("settled");
  const name = await onDatabase((client) =>
    client.query("select name from stripe_customers where id = $1", [spoiled.customerId]),
  );
  expect(name.rows).toEqual([{ name: spoiled.name }]);
});

test("one object is asked for, everything is compared, and Stripe's list is read again", async ({
  page,
}) => {
  test.setTimeout(300_000);
  await page.goto(at("/resync"));
  await page.getByLabel("Type").selectOption("customer");
  await page.getByLabel("Id of the object").fill(spoiled.customerId);
  await page.getByRole("button", { name: "Resync object" }).click();
  await page.waitForURL(/evt_resync/);
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByRole("heading", { level: 1 }).textContent();
    })
    .toContain("done");
  await expect(page.getByText("Lockstep, which asked for the object")).toBeVisible();

  await page.goto(at("/resync"));
  await page.getByRole("button", { name: "Resync everything" }).click();
  await dialogOf(page).getByRole("button", { name: "Compare" }).click();
  const row = page.getByRole("row", { name: /Everything/ });
  await expect(row).toBeVisible();
  await page.getByRole("button", { name: "Resync everything" }).click();
  await dialogOf(page).getByRole("button", { name: "Compare" }).click();
  await expect(dialogOf(page).getByText(/under way already/)).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto(at("/backfills"));
  await page.getByRole("button", { name: "Read now: the platform" }).click();
  await dialogOf(page).getByRole("button", { name: "Read", exact: true }).click();
  await expect(dialogOf(page)).toHaveCount(0);
});

test("filters live in the address, and a search for words in payloads finds the event", async ({
  page,
}) => {
  await page.goto(at("?type=invoice.paid&status=done"));
  await expect(page.getByRole("combobox", { name: "State" })).toHaveValue("done");
  await expect(page.getByRole("row", { name: /invoice\.paid/ }).first()).toBeVisible();
  await page.getByRole("button", { name: "More filters" }).click();
  await page.getByRole("searchbox", { name: "Words in the payload or error" }).fill("prv_77");
  await page.getByRole("searchbox", { name: "Type, such as invoice.paid" }).fill("review");
  await page.getByRole("combobox", { name: "State" }).selectOption("any");
  await expect(page).toHaveURL(/text=prv_77/);
  await expect(page).toHaveURL(/type=review/);
  await expect(page.getByRole("row", { name: /evt_fraud77/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /evt_fraud7/ })).toHaveCount(1);
  await page.getByRole("button", { name: "Clear" }).click();
  await expect(page).toHaveURL(/\/admin\/events$/);
});
