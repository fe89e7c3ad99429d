import { expect, type Page, test } from "@playwright/test";
import { faultsOf } from "./support/look-over.ts";
import { appUrl, dialogOf, signUp, somebody } from "./support/visitor.ts";

const keyShown = async (page: Page): Promise<string> =>
  (await page.getByRole("region", { name: "API key", exact: true }).textContent()) ?? "";

test("a key is created, used, rotated and revoked, and the reference explains it all", async ({
  page,
  request,
}) => {
  test.setTimeout(120_000);
  const slug = await signUp(page, somebody());
  const members = `${appUrl()}/api/v1/tenants/${slug}/members`;
  const ask = (key: string, url = members) =>
    request.get(url, { headers: { authorization: `Bearer ${key}` } });

  await page.goto(`${appUrl()}/${slug}/developers/keys`);
  await page.getByRole("link", { name: "Create key" }).click();
  await page.getByRole("button", { name: "Create key" }).click();
  await page.getByLabel("What it is for").fill("Nightly report");
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByText("Choose at least one thing the key may do.")).toBeVisible();
  await page.getByRole("checkbox", { name: /^members:read/ }).check();
  await page.getByRole("button", { name: "Create key" }).click();
  await expect(page.getByRole("heading", { name: /Keep its secret/ })).toBeFocused();
  const first = await keyShown(page);
  expect(first).toMatch(/^lsk_test_\w{49}$/);
  expect((await ask(first)).status()).toBe(200);
  expect((await ask(first, `${appUrl()}/api/v1/tenants/${slug}/invoices`)).status()).toBe(403);

  await page.getByRole("link", { name: "I have stored it" }).click();
  await expect(page.getByRole("heading", { name: /Nightly report/ })).toBeVisible();
  await expect(page.getByText(first)).toHaveCount(0);
  expect(await faultsOf(page)).toEqual([]);

  await page.getByRole("button", { name: "Rotate" }).click();
  await dialogOf(page).getByRole("button", { name: "Make a new secret" }).click();
  await expect(page.getByRole("heading", { name: /new secret/ })).toBeVisible();
  const second = await keyShown(page);
  for (const secret of [first, second]) expect((await ask(secret)).status()).toBe(200);
  await page.getByRole("button", { name: "I have stored it" }).click();

  await page.getByRole("button", { name: "Revoke" }).click();
  await dialogOf(page).getByRole("button", { name: "Revoke" }).click();
  await expect(page.getByText("This key was revoked.")).toBeVisible();
  for (const secret of [first, second]) {
    await expect.poll(async () => (await ask(secret)).status()).toBe(401);
  }

  const { type } = (await (await ask(first)).json()) as { type: string };
  await page.goto(type);
  await expect(page.getByRole("heading", { name: /401/ })).toBeVisible();
  await page.goto(`${appUrl()}/reference`);
  await page.getByRole("searchbox", { name: "Search the API" }).fill("list members");
  await page.getByRole("link", { name: /List members/ }).click();
  await expect(page.getByRole("heading", { name: /List members/ })).toBeInViewport();
  await page.screenshot({ path: "test-results/reference-team.png" });
  expect(await faultsOf(page)).toEqual([]);
});
