import { expect, test } from "vitest";
import { routes } from "#sandbox/resources/routes";
import { actOnMoney } from "#tests/sandbox/sdk/act-money";
import { billALittle, liveALittle } from "#tests/sandbox/sdk/worlds";
import { readyAccount, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function get(name: string, path: string) {
  const headers = { authorization: `Bearer sk_test_${name}` };
  const response = await fetch(`${sandbox.url}${path}`, { headers });
  return { status: response.status, body: (await response.json()) as { data?: { id: string }[] } };
}

async function idsIn(name: string, path: string): Promise<string[]> {
  const { body } = await get(name, `${path}?limit=30`);
  return (body.data ?? []).map(({ id }) => id);
}

/** `GET /v1/customers/:id/tax_ids/:id` as its two collections. */
const nested = Object.keys(routes).flatMap((route) => {
  const [, outer, inner] = /^GET (\/v[12]\/[^:]+)\/:id\/([^:]+)\/:id$/.exec(route) ?? [];
  return outer === undefined || inner === undefined ? [] : [[outer, inner] as const];
});

test("what lies inside one object is not found inside another", async () => {
  await liveALittle(sandbox, "life");
  await billALittle(sandbox.client("billing"));
  await actOnMoney(sandbox, "money_acts");
  const stripe = sandbox.client("billing");
  await stripe.customers.create({ name: "Stranger" });
  await stripe.products.create({ name: "Stranger" });
  const [shop] = [await readyAccount(sandbox, "life"), await readyAccount(sandbox, "life")];
  await sandbox.client("life").v2.core.accounts.persons.create(shop, { given_name: "Ada" });
  const found: string[] = [];
  const tried = new Set<string>();
  for (const name of ["life", "billing", "money_acts"]) {
    for (const [outer, inner] of nested) {
      const parents = await idsIn(name, outer);
      for (const parent of parents) {
        const [one] = await idsIn(name, `${outer}/${parent}/${inner}`);
        const stranger = parents.find((other) => other !== parent);
        if (one === undefined || stranger === undefined) continue;
        tried.add(`${outer} ${inner}`);
        const { status } = await get(name, `${outer}/${stranger}/${inner}/${one}`);
        if (status !== 404) found.push(`${outer}/${stranger}/${inner}/${one}: ${status}`);
        break;
      }
    }
  }
  expect(found).toEqual([]);
  expect(tried.size).toBeGreaterThan(5);
}, 120_000);
