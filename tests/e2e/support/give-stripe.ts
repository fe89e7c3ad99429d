import { expect, type Page } from "@playwright/test";

/** What a person has to do from a standing start to the first payment, in order. */
export type Steps = string[];

const told = {
  ...{ registered_name: "Vale and Sons", person_given_name: "Robin", person_surname: "Vale" },
  ...{ person_email: "robin@example.test", person_birth: "1984-02-29" },
  account_number: "000123456789",
};

/** Gives Stripe all it asks in the component on the page, form after form. */
export async function giveAll(page: Page, steps: Steps = []): Promise<void> {
  const frame = page.frameLocator('iframe[title="account onboarding"]');
  const done = frame.getByRole("button", { name: "Done" });
  const go = frame.getByRole("button", { name: "Continue" });
  for (let round = 0; round < 6; round += 1) {
    await expect(done.or(go).first()).toBeVisible({ timeout: 20_000 });
    if (await done.isVisible()) break;
    steps.push(`gives Stripe: ${await giveOne(page)}`);
  }
  await done.click();
}

/** Fills the form that is shown and saves it; answers with its title. */
export async function giveOne(page: Page): Promise<string> {
  const frame = page.frameLocator('iframe[title="account onboarding"]');
  const heading = frame.getByRole("heading", { level: 2 });
  await expect(heading).toBeVisible({ timeout: 20_000 });
  const title = (await heading.textContent()) ?? "";
  for (const [name, value] of Object.entries(told)) {
    const field = frame.locator(`[name="${name}"]`);
    if (await field.count()) await field.fill(value);
  }
  const terms = frame.locator('[name="accepted"]');
  if (await terms.count()) await terms.check();
  await frame.getByRole("button", { name: "Continue" }).click();
  await expect(frame.getByRole("status")).toContainText(`${title} is saved`);
  return title;
}
