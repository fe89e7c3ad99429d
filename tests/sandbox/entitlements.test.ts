import { expect, test } from "vitest";
import { payingCustomer, withSandbox } from "#tests/sandbox/with-sandbox";

const sandbox = withSandbox();

async function withFeature(name: string) {
  const stripe = sandbox.client(name);
  const customer = await payingCustomer(stripe);
  const product = await stripe.products.create({ name: "Team" });
  const price = await stripe.prices.create({
    currency: "usd",
    unit_amount: 1000,
    recurring: { interval: "month" },
    product: product.id,
  });
  const feature = await stripe.entitlements.features.create({
    lookup_key: "sso",
    name: "Single sign-on",
  });
  await stripe.products.createFeature(product.id, { entitlement_feature: feature.id });
  const active = async () =>
    (await stripe.entitlements.activeEntitlements.list({ customer: customer.id })).data;
  const summaries = async () =>
    (await stripe.events.list({ type: "entitlements.active_entitlement_summary.updated" })).data;
  return { stripe, customer, product, price, feature, active, summaries };
}

test("subscribing to a product gives its features, and ending takes them; a summary says so", async () => {
  const { stripe, customer, price, feature, active, summaries } = await withFeature("give");
  expect(await active()).toEqual([]);
  const made = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: price.id }],
  });
  expect(await active()).toMatchObject([{ lookup_key: "sso", feature: feature.id }]);
  expect((await summaries())[0]?.data.object).toMatchObject({
    object: "entitlements.active_entitlement_summary",
    customer: customer.id,
    entitlements: { data: [{ lookup_key: "sso" }] },
  });
  await stripe.subscriptions.cancel(made.id);
  expect(await active()).toEqual([]);
  expect(await summaries()).toHaveLength(2);
});

test("two subscriptions of one product give a feature once, and one is enough to keep it", async () => {
  const { stripe, customer, price, active, summaries } = await withFeature("twice");
  const subscribe = () =>
    stripe.subscriptions.create({ customer: customer.id, items: [{ price: price.id }] });
  const [first] = [await subscribe(), await subscribe()];
  expect(await active()).toHaveLength(1);
  await stripe.subscriptions.cancel(first.id);
  expect(await active()).toHaveLength(1);
  expect(await summaries()).toHaveLength(1);
});

test("features are named once, listed, archived, and taken off a product", async () => {
  const { stripe, product, feature } = await withFeature("manage");
  await expect(
    stripe.entitlements.features.create({ lookup_key: "sso", name: "Again" }),
  ).rejects.toMatchObject({ param: "lookup_key" });
  const [link] = (await stripe.products.listFeatures(product.id)).data;
  expect(link).toMatchObject({ entitlement_feature: { id: feature.id } });
  await stripe.products.deleteFeature(product.id, link?.id ?? "");
  expect((await stripe.products.listFeatures(product.id)).data).toEqual([]);
  await stripe.entitlements.features.update(feature.id, { active: false });
  const archived = await stripe.entitlements.features.list({ archived: true });
  expect(archived.data).toHaveLength(1);
});
