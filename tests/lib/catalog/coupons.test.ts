import { afterAll, beforeAll, expect, test } from "vitest";
import { createCoupon } from "#lib/catalog/create-coupon";
import { createDraft } from "#lib/catalog/create-draft";
import { createPromotionCode, switchPromotionCode } from "#lib/catalog/create-promotion-code";
import { draftPlan } from "#lib/catalog/draft-plan";
import { getCoupon, listCoupons } from "#lib/catalog/get-coupon";
import { createCodeInput, createCouponInput } from "#lib/catalog/input";
import { makeCoupon, seeToCoupons } from "#lib/catalog/make-coupon";
import { beginPublishing } from "#lib/catalog/publish-version";
import { runPublishing } from "#lib/catalog/run-publishing";
import { archiveCoupon, retryCoupon, updateCoupon } from "#lib/catalog/update-coupon";
import { view } from "#lib/db/transaction";
import type { PlatformContext } from "#lib/tenancy/context";
import { cutGateway } from "#tests/lib/billing/cut-gateway";
import { openWorld, type World } from "#tests/lib/billing/world";
import { price } from "#tests/lib/catalog/drafts";
import { newAdmin } from "#tests/support/people";

let world: World;
let admin: PlatformContext;
let planId: string;
let versionId: string;

beforeAll(async () => {
  world = await openWorld();
  admin = await newAdmin(world.system);
  const drafted = await draftPlan(world.system, {
    ...{ key: "team", name: "Team", description: "", position: 0, features: [], trialDays: 0 },
    components: [{ kind: "flat", key: "base", name: "Team", prices: [price()] }],
  });
  ({ versionId } = drafted!);
  await publish(versionId);
  const version = await view(world.system, (tx) =>
    tx.planVersion.findUniqueOrThrow({ where: { id: versionId } }),
  );
  ({ planId } = version);
});
afterAll(() => world.close());

async function publish(id: string) {
  await beginPublishing(world.system, { versionId: id });
  await runPublishing(world.system, { versionId: id }, world.gateway);
}

const draft = (input: object) =>
  createCoupon(admin, createCouponInput.parse({ name: "Spring", duration: "once", ...input }));
const make = (couponId: string, gateway = world.gateway) =>
  makeCoupon(world.system, { couponId }, gateway);
const addCode = (couponId: string, input: object) =>
  createPromotionCode(admin, { couponId, ...createCodeInput.parse(input) });

/** Somebody new subscribes with a code, as Stripe's page would have them. */
async function redeem(code: string) {
  const customer = await world.stripe.customers.create({
    payment_method: "pm_card_visa",
    invoice_settings: { default_payment_method: "pm_card_visa" },
  });
  const { data } = await world.stripe.promotionCodes.list({ code, active: true });
  const { data: prices } = await world.stripe.prices.list({
    lookup_keys: ["team@1/base/usd/month"],
  });
  return world.stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: prices[0]!.id }],
    discounts: [{ promotion_code: data[0]!.id }],
  });
}

test("a coupon by percentage is made at Stripe with all its limits", async () => {
  const redeemBy = new Date(Date.now() + 86_400_000);
  const { couponId } = await draft({
    ...{ percentOff: "12.5", duration: "repeating", months: 3, maxRedemptions: 10 },
    redeemBy: redeemBy.toISOString(),
  });
  expect(await getCoupon(admin, { couponId })).toMatchObject({ status: "making" });
  await make(couponId);
  expect(await getCoupon(admin, { couponId })).toMatchObject({
    ...{ status: "active", percentOff: "12.5", timesRedeemed: 0, error: null },
  });
  expect(await world.stripe.coupons.retrieve(couponId)).toMatchObject({
    ...{ percent_off: 12.5, duration: "repeating", duration_in_months: 3, max_redemptions: 10 },
    redeem_by: Math.floor(redeemBy.getTime() / 1000),
  });
});

test("a coupon by amount has one in each currency, and its name alone can change", async () => {
  const amountsOff = [
    { currency: "usd", minor: "500" },
    { currency: "jpy", minor: "800" },
  ];
  const { couponId } = await draft({ amountsOff, duration: "forever" });
  await make(couponId);
  await updateCoupon(admin, { couponId, name: "Summer" });
  await make(couponId);
  const made = await world.stripe.coupons.retrieve(couponId, { expand: ["currency_options"] });
  expect(made).toMatchObject({ name: "Summer", amount_off: 500, currency: "usd" });
  expect(made.currency_options).toMatchObject({ jpy: { amount_off: 800 } });
});

test("cut off before or after any call, a coupon and its code are made once", async () => {
  const { couponId } = await draft({ percentOff: "5" });
  await addCode(couponId, { code: "once", isFirstTimeOnly: true, maxRedemptions: 2 });
  let nth = 1;
  for (; ; nth += 1) {
    const isCut = await make(couponId, cutGateway(world.gateway, nth, nth % 2 === 0)).then(
      () => false,
      () => true,
    );
    if (!isCut) break;
  }
  expect(nth).toBeGreaterThan(3);
  const { data } = await world.stripe.promotionCodes.list({ code: "ONCE" });
  expect(data).toHaveLength(1);
  expect(data[0]).toMatchObject({
    ...{ active: true, max_redemptions: 2, restrictions: { first_time_transaction: true } },
    promotion: { coupon: couponId },
  });
});

test("redemptions are counted from Stripe, for the coupon and for each code", async () => {
  const { couponId } = await draft({ percentOff: "50" });
  await addCode(couponId, { code: "HALF" });
  await addCode(couponId, { code: "HALF-2" });
  await make(couponId);
  await redeem("HALF");
  await redeem("HALF");
  await redeem("HALF-2");
  await seeToCoupons(world.system);
  await make(couponId);
  const { timesRedeemed, codes } = await getCoupon(admin, { couponId });
  expect(timesRedeemed).toBe(3);
  expect(codes.map((code) => [code.code, code.timesRedeemed, code.isMade])).toEqual([
    ["HALF", 2, true],
    ["HALF-2", 1, true],
  ]);
});

test("a coupon for a plan follows the plan to its next version, with what is left of its limit", async () => {
  const { couponId } = await draft({ percentOff: "20", planKeys: ["team"], maxRedemptions: 3 });
  await addCode(couponId, { code: "TEAM20", maxRedemptions: 2 });
  await make(couponId);
  const first = await world.stripe.coupons.retrieve(couponId, { expand: ["applies_to"] });
  expect(first.applies_to).toEqual({ products: ["lockstep_team_1_base"] });
  await redeem("TEAM20");

  const second = await createDraft(admin, { planId, copyOf: versionId });
  await publish(second.versionId);
  await make(couponId);
  await make(couponId);
  const next = await world.stripe.coupons.retrieve(`${couponId}_2`, { expand: ["applies_to"] });
  expect(next.applies_to).toEqual({ products: ["lockstep_team_1_base", "lockstep_team_2_base"] });
  expect(next.max_redemptions).toBe(2);
  const { data: codes } = await world.stripe.promotionCodes.list({ code: "TEAM20" });
  expect(codes.map(({ active, max_redemptions: most }) => [active, most])).toEqual([
    [true, 1],
    [false, 2],
  ]);
  await redeem("TEAM20");
  await make(couponId);
  expect(await getCoupon(admin, { couponId })).toMatchObject({
    ...{ timesRedeemed: 2, codes: [{ code: "TEAM20", timesRedeemed: 2 }] },
  });
});

test("a code switched off is refused by Stripe, and what is archived has no code any more", async () => {
  const { couponId } = await draft({ percentOff: "1" });
  const { promotionCodeId } = await addCode(couponId, { code: "SWITCH" });
  await make(couponId);
  const isActive = async () => {
    const { data } = await world.stripe.promotionCodes.list({ code: "SWITCH" });
    return data[0]!.active;
  };
  await switchPromotionCode(admin, { promotionCodeId, isActive: false });
  await make(couponId);
  expect(await isActive()).toBe(false);
  await switchPromotionCode(admin, { promotionCodeId, isActive: true });
  await make(couponId);
  expect(await isActive()).toBe(true);
  await archiveCoupon(admin, { couponId });
  await make(couponId);
  expect(await isActive()).toBe(false);
  expect((await listCoupons(admin)).find(({ id }) => id === couponId)?.status).toBe("archived");
  await expect(addCode(couponId, { code: "LATE" })).rejects.toThrow(/archived/);
});

test("a code somebody else has at Stripe is said, and made once it is free", async () => {
  const other = await world.stripe.coupons.create({ percent_off: 5, duration: "once" });
  const promotion = { type: "coupon", coupon: other.id } as const;
  const taken = await world.stripe.promotionCodes.create({ promotion, code: "TAKEN" });
  const { couponId } = await draft({ percentOff: "10" });
  await addCode(couponId, { code: "taken" });
  await make(couponId);
  const [code] = (await getCoupon(admin, { couponId })).codes;
  expect(code).toMatchObject({ isMade: false, error: expect.stringMatching(/already exists/) });
  await world.stripe.promotionCodes.update(taken.id, { active: false });
  await retryCoupon(admin, { couponId });
  await make(couponId);
  expect((await getCoupon(admin, { couponId })).codes[0]).toMatchObject({
    ...{ isMade: true, error: null },
  });
});

test("what is no discount is refused with the field and the mend", async () => {
  const wrong: [object, string][] = [
    [{}, "percentOff"],
    [{ percentOff: "5", amountsOff: [{ currency: "usd", minor: "5" }] }, "percentOff"],
    [{ percentOff: "0" }, "percentOff"],
    [{ percentOff: "100.01" }, "percentOff"],
    [{ percentOff: "-5" }, "percentOff"],
    [{ percentOff: "NaN" }, "percentOff"],
    [{ amountsOff: [{ currency: "usd", minor: "0" }] }, "amountsOff.0.minor"],
    [{ amountsOff: [{ currency: "jpy", minor: "9.5" }] }, "amountsOff.0.minor"],
    [{ percentOff: "5", duration: "repeating" }, "months"],
    [{ percentOff: "5", months: 3 }, "months"],
    [{ percentOff: "5", redeemBy: "2020-01-01T00:00:00Z" }, "redeemBy"],
    [{ percentOff: "5", planKeys: ["nothing"] }, "planKeys"],
  ];
  for (const [input, field] of wrong) {
    await expect(draft(input), JSON.stringify(input)).rejects.toMatchObject({
      ...{ code: "invalid", field },
    });
  }
  const { couponId } = await draft({ percentOff: "5", redeemBy: "2999-01-01T00:00:00Z" });
  await addCode(couponId, { code: "MINE" });
  await expect(addCode(couponId, { code: "mine" })).rejects.toMatchObject({ field: "code" });
  for (const expiresAt of ["2020-01-01T00:00:00Z", "2999-01-02T00:00:00Z"]) {
    const late = addCode(couponId, { code: "LATER", expiresAt });
    await expect(late).rejects.toMatchObject({ field: "expiresAt" });
  }
});

test("finance makes coupons, support only reads them", async () => {
  const finance = await newAdmin(world.system, "finance");
  const input = createCouponInput.parse({ name: "F", duration: "once", percentOff: "1" });
  const { couponId } = await createCoupon(finance, input);
  const support = await newAdmin(world.system, "support");
  expect(await getCoupon(support, { couponId })).toMatchObject({ name: "F" });
  const code = createCodeInput.parse({ code: "NOPE" });
  for (const attempt of [
    () => createCoupon(support, input),
    () => updateCoupon(support, { couponId, name: "X" }),
    () => archiveCoupon(support, { couponId }),
    () => retryCoupon(support, { couponId }),
    () => createPromotionCode(support, { couponId, ...code }),
    () => switchPromotionCode(support, { promotionCodeId: "x", isActive: false }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "forbidden" });
  }
});
