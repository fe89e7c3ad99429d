import { afterAll, beforeAll, expect, test } from "vitest";
import { createDraft } from "#lib/catalog/create-draft";
import { createPlan } from "#lib/catalog/create-plan";
import { getPublishing } from "#lib/catalog/get-publishing";
import { createPlanInput, type DraftContent } from "#lib/catalog/input";
import { listPublicPlans } from "#lib/catalog/list-public-plans";
import type { Tier } from "#lib/catalog/plan";
import { compareVersion, publishVersion } from "#lib/catalog/publish-version";
import { restorePlan, retirePlan, retireVersion } from "#lib/catalog/retire-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { saveDraft } from "#lib/catalog/save-draft";
import { transact, view } from "#lib/db/transaction";
import type { StripeGateway } from "#lib/stripe/gateway";
import type { PlatformContext } from "#lib/tenancy/context";
import { openWorld, type World } from "#tests/lib/billing/world";
import { goodDraft, price } from "#tests/lib/catalog/drafts";
import { newAdmin, visitor } from "#tests/support/people";

let world: World;
let admin: PlatformContext;

beforeAll(async () => {
  world = await openWorld();
  admin = await newAdmin(world.system);
  await transact(world.system, "test.meter", (tx) =>
    tx.meter.create({ data: { key: "api_calls", name: "API calls", eventName: "api_calls" } }),
  );
});
afterAll(() => world.close());

async function draftOf(key: string, content: DraftContent = goodDraft()) {
  const { planId, versionId } = await createPlan(admin, createPlanInput.parse({ key, name: key }));
  await saveDraft(admin, { versionId, revision: 1, ...content });
  return { planId, versionId };
}

/** A usage component of each model, all in one currency. */
const ladder: Tier[] = [
  { upTo: "1000", unitMinor: "0.5", flatMinor: "100" },
  { upTo: null, unitMinor: "0.25", flatMinor: "0" },
];
function everyModel(): DraftContent {
  const none = { unitMinor: null };
  const priced = {
    each: { included: "50", prices: [price({ unitMinor: "0.05" })] },
    steps: { included: "10", prices: [price({ ...none, model: "graduated", tiers: ladder })] },
    bulk: { included: "0", prices: [price({ ...none, model: "volume", tiers: ladder })] },
    packs: { included: "0", prices: [price({ model: "package", packageSize: "100" })] },
    share: { included: "0", prices: [price({ ...none, model: "percentage", percent: "2.9" })] },
  };
  const components = Object.entries(priced).map(([key, parts]) => ({
    ...{ kind: "usage" as const, key, name: `By ${key}`, unit: "call", meterKey: "api_calls" },
    ...parts,
  }));
  return goodDraft({ components });
}

test("each pricing model is a price at Stripe, with what is included as a tier at nothing", async () => {
  const { versionId } = await draftOf("models", everyModel());
  await publishVersion(admin, { versionId });
  await runPublishing(world.system, { versionId }, world.gateway);

  const read = async (component: string) => {
    const lookup_keys = [`models@1/${component}/usd/month`];
    return (await world.stripe.prices.list({ lookup_keys, expand: ["data.tiers"] })).data[0]!;
  };
  const steps = async (component: string) => {
    const { tiers, tiers_mode: mode } = await read(component);
    return [
      mode,
      ...tiers!.map((tier) => {
        const amounts = [tier.unit_amount_decimal, tier.flat_amount_decimal];
        return [tier.up_to, ...amounts.map((amount) => amount?.toString() ?? "0")].join(" ");
      }),
    ];
  };
  expect(await steps("each")).toEqual(["graduated", "50 0 0", " 0.05 0"]);
  expect(await steps("steps")).toEqual(["graduated", "10 0 0", "1010 0.5 100", " 0.25 0"]);
  expect(await steps("bulk")).toEqual(["volume", "1000 0.5 100", " 0.25 0"]);
  const packs = await read("packs");
  expect(packs.transform_quantity).toEqual({ divide_by: 100, round: "up" });
  expect(packs.unit_amount).toBe(1000);
  expect((await read("share")).unit_amount_decimal?.toString()).toBe("0.029");
});

test("features become entitlements of the product, once", async () => {
  const product = "lockstep_models_1_each";
  const keys = async () =>
    (await world.stripe.products.listFeatures(product)).data.map(
      ({ entitlement_feature: feature }) => feature.lookup_key,
    );
  expect(await keys()).toEqual(["sso"]);
});

/** A gateway whose n-th call fails before it is made, or after, as when a process is killed. */
function cutAt(nth: number, when: "before" | "after") {
  let calls = 0;
  const cut =
    (call: (...args: never[]) => Promise<unknown>) =>
    async (...args: never[]) => {
      calls += 1;
      const isHere = calls === nth;
      if (calls > nth || (isHere && when === "before")) throw new Error("cut off");
      const answer = await call(...args);
      if (isHere) throw new Error("cut off");
      return answer;
    };
  const gateway = Object.fromEntries(
    Object.entries(world.gateway).map(([name, call]) => [name, cut(call as never)]),
  );
  return { gateway: gateway as unknown as StripeGateway, calls: () => calls };
}

test("cut off before or after any call, publishing goes on and makes nothing twice", async () => {
  const { versionId } = await draftOf("walked");
  await publishVersion(admin, { versionId });
  let cuts = 0;
  for (let nth = 1; ; nth += 1) {
    const { gateway, calls } = cutAt(nth, nth % 2 === 0 ? "before" : "after");
    const isCut = await runPublishing(world.system, { versionId }, gateway).then(
      () => false,
      () => true,
    );
    if (!isCut) break;
    expect(calls()).toBeGreaterThanOrEqual(nth);
    const { status, publishing } = await getPublishing(admin, { versionId });
    expect(status).toBe("publishing");
    expect(publishing).toMatchObject({ status: "running", error: "cut off" });
    cuts += 1;
  }
  expect(cuts).toBeGreaterThan(8);
  const { status, publishing } = await getPublishing(admin, { versionId });
  expect(status).toBe("published");
  // A meter, three products with a price each, a feature.
  expect(publishing).toMatchObject({ done: 8, total: 8, error: null, differences: [] });
  const { data: prices } = await world.stripe.prices.list({ limit: 100 });
  const walked = prices.filter(({ lookup_key: key }) => key?.startsWith("walked@1/"));
  expect(walked).toHaveLength(3);
  const { data: meters } = await world.stripe.billing.meters.list({ limit: 100 });
  expect(meters).toHaveLength(1);
});

test("what was changed at Stripe is found and set right, and comparing again finds nothing", async () => {
  const versionId = await versionOf("walked");
  const lookup = { lookup_keys: ["walked@1/base/usd/month"] };
  const [base] = (await world.stripe.prices.list(lookup)).data;
  const product = base!.product as string;
  await world.stripe.prices.update(base!.id, {
    active: false,
    nickname: "Old",
    lookup_key: "mine",
  });
  await world.stripe.products.update(product, { active: false, name: "Renamed" });
  const [attached] = (await world.stripe.products.listFeatures(product)).data;
  await world.stripe.products.deleteFeature(product, attached!.id);
  const [meter] = (await world.stripe.billing.meters.list()).data;
  await world.stripe.billing.meters.update(meter!.id, { display_name: "Calls?" });
  await world.stripe.billing.meters.deactivate(meter!.id);

  const { publishing } = await compared(versionId);
  expect(publishing).toMatchObject({ status: "finished", done: 8, total: 8, error: null });
  expect(publishing!.differences.map(({ object, field }) => `${object}: ${field}`)).toEqual([
    ...["meter api_calls: name", "meter api_calls: active"],
    ...[`product ${product}: name`, `product ${product}: active`],
    ...["lookup key", "name", "active"].map((field) => `price walked@1/base/usd/month: ${field}`),
    "feature sso: product",
  ]);
  expect(publishing!.differences.every(({ isRepaired }) => isRepaired)).toBe(true);
  const repaired = (await world.stripe.prices.list(lookup)).data[0]!;
  expect(repaired).toMatchObject({ id: base!.id, active: true, nickname: "Base" });
  expect((await compared(versionId)).publishing!.differences).toEqual([]);
});

test("a price of another amount under our name ends publishing with what to do, then goes on", async () => {
  const { versionId } = await draftOf("taken");
  const stranger = await world.stripe.prices.create({
    ...{ currency: "usd", unit_amount: 1, lookup_key: "taken@1/base/usd/month" },
    ...{ recurring: { interval: "month" }, product_data: { name: "By hand" } },
  });
  await publishVersion(admin, { versionId });
  await runPublishing(world.system, { versionId }, world.gateway);
  const failed = await getPublishing(admin, { versionId });
  expect(failed.status).toBe("publishing");
  expect(failed.publishing).toMatchObject({ status: "failed" });
  expect(failed.publishing!.error).toMatch(/another price taken@1\/base.*rename or archive it/);
  expect(failed.publishing!.differences).toContainEqual(
    expect.objectContaining({ field: "amount", wanted: "4900 each", found: "1 each" }),
  );

  await world.stripe.prices.update(stranger.id, { lookup_key: "" });
  await publishVersion(admin, { versionId });
  await runPublishing(world.system, { versionId }, world.gateway);
  expect((await getPublishing(admin, { versionId })).status).toBe("published");
});

test("a no of Stripe's ends the run with its words, and the same call begins another", async () => {
  const { versionId } = await draftOf("refused");
  await publishVersion(admin, { versionId });
  const strange = { ...world.gateway, createPrice: () => world.gateway.createPrice({} as never) };
  const refused = runPublishing(world.system, { versionId }, strange);
  await expect(refused).rejects.toThrow();
  const { publishing } = await getPublishing(admin, { versionId });
  expect(publishing).toMatchObject({ status: "failed", done: 2, total: 8 });
  await publishVersion(admin, { versionId });
  await runPublishing(world.system, { versionId }, world.gateway);
  const runs = await view(world.system, (tx) => tx.publishing.count({ where: { versionId } }));
  expect(runs).toBe(2);
});

test("a draft that is not whole, or that somebody else has changed, is not published", async () => {
  const [base] = goodDraft().components;
  const half = goodDraft({ components: [{ ...base!, prices: [] }] });
  const { versionId } = await draftOf("half", half);
  await expect(publishVersion(admin, { versionId })).rejects.toMatchObject({
    code: "invalid",
    field: "components.0.prices",
  });
  await saveDraft(admin, { versionId, revision: 2, ...goodDraft() });
  const stale = publishVersion(admin, { versionId, revision: 2 });
  await expect(stale).rejects.toMatchObject({ code: "conflict", field: "revision" });
  await publishVersion(admin, { versionId, revision: 3 });
  await expect(saveDraft(admin, { versionId, revision: 4, ...goodDraft() })).rejects.toThrow(
    /publishing and never changes/,
  );
});

test("two who publish and one who saves at once: one run, and of what is whole", async () => {
  const other = goodDraft({ trialDays: 3 });
  for (let round = 0; round < 4; round += 1) {
    const { versionId } = await draftOf(`race${round}`, goodDraft());
    const [first, second, save] = await Promise.allSettled([
      publishVersion(admin, { versionId, revision: 2 }),
      publishVersion(admin, { versionId, revision: 2 }),
      saveDraft(admin, { versionId, revision: 2, ...other }),
    ]);
    for (const { reason } of [first, second, save].flatMap((one) =>
      one.status === "rejected" ? [one] : [],
    )) {
      expect(reason).toMatchObject({ code: "conflict" });
    }
    const began = [first, second].filter(({ status }) => status === "fulfilled").length;
    const isSaved = save.status === "fulfilled";
    // Who saved first left nothing to publish by what the others had read.
    expect(began === 0).toBe(isSaved);
    const { row, runs } = await view(world.system, async (tx) => ({
      row: await tx.planVersion.findUniqueOrThrow({ where: { id: versionId } }),
      runs: await tx.publishing.count({ where: { versionId } }),
    }));
    expect(runs).toBe(isSaved ? 0 : 1);
    expect([row.status, row.trialDays]).toEqual(isSaved ? ["draft", 3] : ["publishing", 14]);
  }
});

test("a retired version gives way to the newest, and a retired plan is off offer until restored", async () => {
  const offered = async () => {
    const plans = await listPublicPlans(visitor(world.system));
    return plans.find(({ key }) => key === "walked")?.versionId;
  };
  const versionId = await versionOf("walked");
  const { planId } = await view(world.system, (tx) =>
    tx.planVersion.findUniqueOrThrow({ where: { id: versionId } }),
  );
  const second = await createDraft(admin, { planId, copyOf: versionId });
  await publishVersion(admin, second);
  await runPublishing(world.system, second, world.gateway);
  expect(await offered()).toBe(second.versionId);
  await retireVersion(admin, second);
  expect(await offered()).toBe(versionId);
  await expect(retireVersion(admin, second)).rejects.toMatchObject({ code: "conflict" });

  await retirePlan(admin, { planId });
  expect(await offered()).toBeUndefined();
  const third = await createDraft(admin, { planId, copyOf: versionId });
  await expect(publishVersion(admin, third)).rejects.toThrow(/plan is retired/);
  await restorePlan(admin, { planId });
  expect(await offered()).toBe(versionId);
});

async function versionOf(key: string): Promise<string> {
  const where = { plan: { key }, number: 1 };
  const { id } = await view(world.system, (tx) => tx.planVersion.findFirstOrThrow({ where }));
  return id;
}

async function compared(versionId: string) {
  await compareVersion(admin, { versionId });
  await runPublishing(world.system, { versionId }, world.gateway);
  return getPublishing(admin, { versionId });
}
