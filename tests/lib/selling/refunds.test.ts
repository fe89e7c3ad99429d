import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { transact, view } from "#lib/db/transaction";
import { carryOutRefund } from "#lib/selling/carry-out-refund";
import { draftPolicy } from "#lib/selling/draft-policy";
import { getBuyer, listBuyers } from "#lib/selling/list-buyers";
import { exportSales, getSale, listSales } from "#lib/selling/list-sales";
import { previewRefund } from "#lib/selling/preview-refund";
import { bear, feeShareOf, leftOf } from "#lib/selling/refund";
import { refundSale } from "#lib/selling/refund-sale";
import { sendReceipt } from "#lib/selling/send-receipt";
import { simulatePolicy } from "#lib/selling/simulate-policy";
import { StripeFailed } from "#lib/stripe/ask";
import {
  flat,
  newShop,
  openSellingWorld,
  publish,
  type SellingWorld,
  type Shop,
  sell,
} from "#tests/lib/selling/shop";
import { newMember } from "#tests/support/people";

let world: SellingWorld;
let shop: Shop;
let count = 0;
const newKey = () => {
  count += 1;
  return `key-of-test-${count}`;
};

beforeAll(async () => {
  world = await openSellingWorld();
  await publish(world, flat("10"));
  shop = await newShop(world);
}, 60_000);
afterAll(() => world.close());

const give = (saleId: string, minor: bigint, key = newKey(), gateway = world.gateway) =>
  refundSale(shop.owner, { saleId, key, minor, note: "" }, gateway);
const refundedAt = async (saleId: string) => {
  const on = { stripeAccount: shop.accountId };
  return (await world.stripe.charges.retrieve(saleId, {}, on)).amount_refunded;
};

/**
 * Every refund goes through the same steps: it is decided under the payment's lock, Stripe is asked
 * and makes it once for its key, the answer comes back or is lost, and the mirror hears of it late.
 */
test("in no order of decisions, requests, lost answers and mirrors is more given than was paid", () => {
  const step = fc.record({
    refund: fc.nat({ max: 3 }),
    does: fc.constantFrom("decide", "ask", "lose", "answer", "mirror", "fail"),
    minor: fc.bigInt({ min: 1n, max: 60n }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const paid = 100n;
      const ours = new Map<
        number,
        { stripeRefundId: string | null; amountMinor: bigint; status: string }
      >();
      const stripe = new Map<number, { id: string; amountMinor: bigint; status: string }>();
      let mirrored: { id: string; amountMinor: bigint; status: string }[] = [];
      for (const { refund, does, minor } of steps) {
        const own = ours.get(refund);
        const made = stripe.get(refund);
        if (does === "decide" && !own) {
          const left = leftOf({ amountMinor: paid, mirrored, ours: [...ours.values()] });
          if (minor <= left) {
            ours.set(refund, { stripeRefundId: null, amountMinor: minor, status: "requested" });
          }
        }
        if ((does === "ask" || does === "lose") && own?.status === "requested" && !made) {
          const { amountMinor } = own;
          stripe.set(refund, { id: `re_${refund}`, amountMinor, status: "succeeded" });
        }
        if (does === "answer" && own && made) {
          ours.set(refund, { ...own, stripeRefundId: made.id, status: "done" });
        }
        if (does === "fail" && made) stripe.set(refund, { ...made, status: "failed" });
        if (does === "mirror") mirrored = [...stripe.values()];
        const given = [...stripe.values()].filter(({ status }) => status === "succeeded");
        expect(given.reduce((sum, one) => sum + one.amountMinor, 0n) <= paid).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

test("the shares of a fee that go back with the parts of a payment sum to the fee", () => {
  const parts = fc.array(fc.bigInt({ min: 1n, max: 5_000n }), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(parts, fc.bigInt({ min: 0n, max: 1_000n }), fc.boolean(), (cuts, asked, isSent) => {
      const of = cuts.reduce((sum, cut) => sum + cut, 0n);
      const due = [asked, of].toSorted((one, other) => Number(one - other))[0]!;
      const kind = isSent ? "separate" : "direct";
      let [rest, feeLeft, sentLeft] = [of, due, of - due];
      for (const minor of cuts) {
        rest -= minor;
        const part = { minor, of, isLast: rest === 0n };
        const fee = feeShareOf({ due, left: feeLeft }, part);
        const borne = bear({ kind, currency: "usd", sentLeft, fee }, part, true);
        expect(borne.customer.minor + borne.tenant.minor + borne.platform.minor).toBe(0n);
        feeLeft -= borne.feeBack.minor;
        sentLeft -= borne.reversed.minor;
        expect(feeLeft >= 0n && sentLeft >= 0n).toBe(true);
      }
      expect(feeLeft).toBe(0n);
    }),
    { numRuns: 300 },
  );
});

test("eight at once give back no more than there is, and one key is one refund", async () => {
  const { saleId } = await sell(world, shop, 10_000n);
  const asked = await Promise.allSettled(Array.from({ length: 8 }, () => give(saleId, 3_000n)));
  expect(asked.filter(({ status }) => status === "fulfilled")).toHaveLength(3);
  expect(await refundedAt(saleId)).toBe(9_000);
  const key = newKey();
  const same = await Promise.all([give(saleId, 500n, key), give(saleId, 500n, key)]);
  expect(new Set(same.map(({ id }) => id)).size).toBe(1);
  expect(await refundedAt(saleId)).toBe(9_500);
  await expect(give(saleId, 400n, key)).rejects.toMatchObject({ field: "key" });
  await expect(give(saleId, 501n)).rejects.toThrow("$5.00 can still be given back");
});

test("an answer that was lost is found again, and an outage is asked about anew", async () => {
  const { saleId } = await sell(world, shop, 10_000n);
  const lost = {
    ...world.gateway,
    refundSale: async (...args: Parameters<typeof world.gateway.refundSale>) => {
      await world.gateway.refundSale(...args);
      throw new StripeFailed("unavailable", "gone");
    },
  };
  await expect(give(saleId, 4_000n, newKey(), lost)).rejects.toMatchObject({ code: "unavailable" });
  const row = await view(world.system, (tx) =>
    tx.saleRefund.findFirstOrThrow({ where: { saleId } }),
  );
  expect(row).toMatchObject({ status: "requested", round: 1 });
  const ended = await carryOutRefund(world.system, { refundId: row.id }, world.gateway);
  expect(ended.status).toBe("done");
  expect(await refundedAt(saleId)).toBe(4_000);
});

test("a refund that fails at the bank can be given again", async () => {
  const { saleId } = await sell(world, shop, 2_000n, { card: "4000000000005126" });
  await give(saleId, 2_000n);
  await world.act("clock", { advance_seconds: 120 });
  await world.settled();
  expect(await getSale(shop.owner, { saleId })).toMatchObject({
    ...{ state: "succeeded", left: { minor: 2_000n }, refunded: { minor: 0n } },
  });
});

test("what is disputed or failed is not given back, and says why", async () => {
  const { saleId } = await sell(world, shop, 3_000n, { card: "4000000000000259" });
  await world.settled();
  await expect(give(saleId, 1_000n)).rejects.toThrow(/disputed/);
  expect((await getSale(shop.owner, { saleId })).state).toBe("disputed");
});

test("the list, its file, the customer and the preview say the same to the cent", async () => {
  const { saleId } = await sell(world, shop, 5_000n);
  const preview = await previewRefund(shop.owner, { saleId, minor: 1_000n }, world.gateway);
  expect(preview).toMatchObject({
    ...{ customer: { minor: 1_000n }, tenant: { minor: -900n }, platform: { minor: -100n } },
    ...{ feeBack: { minor: 100n }, left: { minor: 5_000n }, returnsFee: true },
  });
  const keeps = { saleId, minor: 1_000n, returnsFee: false };
  expect((await previewRefund(shop.owner, keeps, world.gateway)).tenant.minor).toBe(-1_000n);
  await give(saleId, 1_000n);
  const shown = await getSale(shop.owner, { saleId });
  expect(shown).toMatchObject({
    ...{ state: "part_refunded", gross: { minor: 5_000n }, fee: { minor: 400n } },
    ...{ refunded: { minor: 1_000n }, why: { rule: "Everything", plan: "free" }, policyNumber: 1 },
  });
  const { rows } = await listSales(shop.owner, { status: "refunded" });
  expect(rows.every(({ refunded }) => refunded.minor > 0n)).toBe(true);
  const mine = (await listSales(shop.owner)).rows.find(({ id }) => id === saleId);
  expect(mine).toMatchObject({ net: shown.net, fee: shown.fee });
  let file = "";
  for await (const piece of await exportSales(shop.owner, {})) file += piece;
  expect(file.split("\r\n").find((line) => line.includes(saleId))).toContain('"50.00","4.00"');
  const { member } = await newMember(world.system, shop.owner, "member");
  await expect(listSales(member)).rejects.toMatchObject({ code: "forbidden" });
});

test("customers are known by their address, and get their receipts", async () => {
  const on = { stripeAccount: shop.accountId };
  const intent = await world.stripe.paymentIntents.create(
    {
      ...{ amount: 700, currency: "usd", confirm: true, payment_method: "pm_card_visa" },
      automatic_payment_methods: { enabled: true, allow_redirects: "never" },
      receipt_email: "Paula@Example.com",
    },
    on,
  );
  await world.settled();
  const { rows } = await listBuyers(shop.owner);
  const paula = rows.find(({ email }) => email === "paula@example.com")!;
  expect(paula).toMatchObject({ payments: 1, paid: [{ minor: 700n, currency: "usd" }] });
  expect(await getBuyer(shop.owner, { customerId: paula.id })).toEqual(paula);
  const saleId = String(intent.latest_charge);
  const { rows: sales } = await listSales(shop.owner, { customer: paula.id });
  // Made elsewhere, it has no policy, and its fee is what was taken.
  expect(sales).toMatchObject([{ id: saleId, fee: { minor: 0n }, link: null }]);
  expect((await getSale(shop.owner, { saleId })).why).toBeNull();
  await sendReceipt(shop.owner, { saleId, email: "p@example.com" }, world.gateway);
  expect((await world.stripe.charges.retrieve(saleId, {}, on)).receipt_email).toBe("p@example.com");
});

test("a draft says what it would have earned of the payments there were", async () => {
  const rules = flat("20", "Double");
  const draft = { name: "Next", rules, returnsFee: true };
  const { policyId } = await draftPolicy(world.admin, draft);
  const simulation = await simulatePolicy(world.admin, { policyId, months: 1 });
  const [usd] = simulation.currencies;
  expect(usd!.would.minor).toBe(usd!.now.minor * 2n);
  expect(simulation.tenants).toMatchObject([{ id: shop.owner.tenantId }]);
  expect(simulation.rules).toMatchObject([{ rule: "Double", payments: simulation.payments }]);
  await transact(world.system, "test.clear", (tx) =>
    tx.feePolicy.delete({ where: { id: policyId } }),
  );
});

test("given back after it was paid out, the balance falls below nothing as was said", async () => {
  const other = await newShop(world);
  const on = { stripeAccount: other.accountId };
  const { saleId } = await sell(world, other, 10_000n, { card: "4000000000000077" });
  // 100.00 less 3.20 of Stripe's and 10.00 of ours.
  await world.stripe.payouts.create({ amount: 8_680, currency: "usd" }, on);
  await world.settled();
  const asked = { saleId, minor: 10_000n };
  const preview = await previewRefund(other.owner, asked, world.gateway);
  expect(preview).toMatchObject({ balanceAfter: { minor: -9_000n }, feeBack: { minor: 1_000n } });
  const given = { ...asked, key: newKey(), note: "" };
  expect(await refundSale(other.owner, given, world.gateway)).toMatchObject({ status: "done" });
  const { available, pending } = await world.gateway.readBalance(other.accountId);
  const held = [...available, ...pending].reduce((sum, { minor }) => sum + BigInt(minor), 0n);
  expect(held).toBe(-9_000n);
});
