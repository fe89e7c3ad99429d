import { expect, type Page, test } from "@playwright/test";
import { onDatabase } from "./support/troubled-inbox.ts";
import { appUrl, signIn } from "./support/visitor.ts";

const admin = { email: "admin@lockstep.test", password: "lockstep-demo" };

test("a use is walked to the bank and back, by picture, keys, list and JSON", async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, admin.email, admin.password);
  const used = await usedAndPaid();
  await page.goto(`${appUrl()}/admin/trace`);
  await expect(page.getByText("Where did this come from, and where did it go?")).toBeVisible();
  await ask(page, used);
  await expect(page.getByText("A usage event is named with its tenant")).toBeVisible();
  await ask(page, `kestrel/${used}`);
  await expect(began(page, "Usage event", used)).toBeVisible();

  // What a payout is made of is read once Stripe has reconciled it.
  const bank = picture(page).getByRole("link", { name: /^LOCAL/ });
  await expect(async () => {
    await page.reload();
    await expect(bank).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 60_000 });
  for (const column of ["Usage", "Line", "Invoice", "Payment", "Charge", "Balance"]) {
    await expect(picture(page).getByRole("heading", { name: column, exact: true })).toBeVisible();
  }
  await expect(picture(page).getByText("settled.charge")).toBeVisible();

  const called = (await bank.getAttribute("title")) ?? "";
  await bank.focus();
  await page.keyboard.press("Enter");
  await expect(began(page, "Bank reference", called)).toBeVisible();
  await card(page, /^Invoice line/)
    .filter({ hasText: "counted by us" })
    .first()
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /^Traced from Invoice line il_/ })).toBeVisible();
  await card(page, /^Usage event/)
    .first()
    .getByRole("link")
    .first()
    .click();
  await expect(page.getByRole("heading", { name: /^Traced from Usage event/ })).toBeVisible();
  await expect(picture(page).getByRole("link", { name: /^LOCAL/ })).toHaveAttribute(
    "title",
    called,
  );

  await page.setViewportSize({ width: 390, height: 844 });
  const list = page.getByRole("region", { name: "The way of the money", exact: true });
  await expect(list.getByRole("link", { name: /^LOCAL/ })).toBeVisible();
  const href = await page.getByRole("link", { name: "JSON" }).getAttribute("href");
  const { nodes } = (await (await page.request.get(`${appUrl()}${href}`)).json()) as {
    nodes: { kind: string; id: string }[];
  };
  expect(nodes.filter(({ kind }) => kind === "bank").map(({ id }) => id)).toEqual([called]);

  await ask(page, "in_nobody");
  await expect(page.getByText("Nothing here is called in_nobody.")).toBeVisible();
});

const picture = (page: Page) =>
  page.getByRole("region", { name: "The way of the money, from left" });
const card = (page: Page, kind: RegExp) =>
  picture(page).getByRole("listitem").filter({ hasText: kind });
const began = (page: Page, kind: string, id: string) =>
  page.getByRole("heading", { name: `Traced from ${kind} ${id}`, exact: true });

async function ask(page: Page, id: string): Promise<void> {
  await page.getByRole("searchbox").fill(id);
  await page.getByRole("searchbox").press("Enter");
  await page.waitForURL((url) => url.searchParams.get("id") === id);
}

/** The key of a use of the demo whose period was billed and is paid. */
async function usedAndPaid(): Promise<string> {
  const { rows } = await onDatabase((client) =>
    client.query<{ key: string }>(
      `select e.key from usage_events e join tenants t on t.id = e.tenant_id
         join stripe_invoice_lines l on l.tenant_id = t.id and l.description like '%all%'
           and l.period_start_at <= e.at and l.period_end_at > e.at
         join stripe_invoices v on v.account = l.account and v.id = l.invoice_id
       where t.slug = 'kestrel' and v.status = 'paid' and e.voided_at is null
         and l.amount_minor > 0 and e.received_at < v.paid_at order by e.at limit 1`,
    ),
  );
  if (!rows[0]) throw new Error("The demo has no use that was paid");
  return rows[0].key;
}
