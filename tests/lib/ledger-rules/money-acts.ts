import type { Random } from "#scripts/chaos/random";
import { type LedgerScene, pay } from "#tests/lib/ledger-rules/ledger-scene";

/** Where money moves: the platform (""), and two accounts. */
export type Stage = {
  scene: LedgerScene;
  random: Random;
  /** Takes every kind of payment. */
  full: string;
  /** Takes payments of its own, and pays Stripe's fees. */
  direct: string;
};

type Act = (stage: Stage) => Promise<unknown>;

const currencies = ["usd", "usd", "eur", "gbp"];
const cards = ["pm_card_visa", "pm_card_bypassPending", "pm_card_visa"];
const on = (account: string) => (account ? { stripeAccount: account } : {});

/** Everything that moves money, by what a person would call it. What Stripe refuses moves none. */
export const acts: Readonly<Record<string, Act>> = {
  "a sale of an account's own": async ({ scene, random, full, direct }) => {
    const amount = random.int(500, 90_000);
    const share = random.chance(0.6) ? { application_fee_amount: random.int(1, 400) } : {};
    const more = { amount, currency: random.pick(currencies), ...share };
    await pay(scene, random.pick([full, direct]), more, random.pick(cards));
  },
  "a payment that is passed on": async ({ scene, random, full }) => {
    const amount = random.int(500, 90_000);
    const way = random.pick([
      { transfer_data: { destination: full }, application_fee_amount: random.int(1, 400) },
      { transfer_data: { destination: full, amount: random.int(1, amount) } },
      { transfer_data: { destination: full } },
      { transfer_data: { destination: full }, on_behalf_of: full, application_fee_amount: 90 },
    ]);
    await pay(scene, "", { amount, currency: random.pick(currencies), ...way }, random.pick(cards));
  },
  "a payment that is taken later, and not all of it": async ({ scene, random, full, direct }) => {
    const [account, amount] = [random.pick(["", full, direct]), random.int(2000, 50_000)];
    const way = account === "" ? { transfer_data: { destination: full } } : {};
    const later = { amount, capture_method: "manual" as const, ...way };
    const { id } = await pay(scene, account, later);
    if (random.chance(0.3)) await scene.stripe.paymentIntents.cancel(id, {}, on(account));
    const part = { amount_to_capture: random.int(500, amount) };
    await scene.stripe.paymentIntents.capture(id, part, on(account));
  },
  "a payment that is refused": async ({ scene, random, full, direct }) => {
    const account = random.pick(["", full, direct]);
    await pay(scene, account, {}, "pm_card_chargeDeclined");
  },
  "a payment that is shared out later": async ({ scene, random, full }) => {
    const intent = await pay(scene, "", { amount: random.int(2000, 50_000) });
    await scene.stripe.transfers.create({
      ...{ amount: random.int(100, 2000), currency: "usd", destination: full },
      source_transaction: String(intent.latest_charge),
    });
  },
  "a payment that is disputed": async ({ scene, random, full, direct }) => {
    const account = random.pick(["", full, direct]);
    const way =
      account === "" && random.chance(0.5) ? { transfer_data: { destination: full } } : {};
    const card = random.pick(["pm_card_createDispute", "pm_card_createDisputeInquiry"]);
    await pay(scene, account, { amount: random.int(500, 9000), ...way }, card);
  },
  "a dispute is decided": async ({ scene, random, full, direct }) => {
    const account = random.pick(["", full, direct]);
    const { data } = await scene.stripe.disputes.list({ limit: 20 }, on(account));
    const open = data.filter(({ status }) => status === "needs_response");
    if (open.length === 0) return;
    const verdict = random.pick(["won", "lost"]);
    await scene.act(`disputes/${random.pick(open).id}/decide`, { verdict });
  },
  "a payment is given back": async ({ scene, random, full, direct }) => {
    const account = random.pick(["", full, direct]);
    const { data } = await scene.stripe.charges.list({ limit: 20 }, on(account));
    if (data.length === 0) return;
    const charge = random.pick(data);
    const left = charge.amount - charge.amount_refunded;
    if (left < 1 || charge.source_transfer) return;
    await scene.stripe.refunds.create(
      {
        charge: charge.id,
        amount: random.chance(0.5) ? left : random.int(1, left),
        ...(charge.application_fee && random.chance(0.5) && { refund_application_fee: true }),
        ...(charge.transfer && random.chance(0.6) && { reverse_transfer: true }),
      },
      on(account),
    );
  },
  "a refund that fails": async ({ scene, random, full }) => {
    const method = { type: "card" as const, card: { token: "tok_refundFail" } };
    const account = random.pick(["", full]);
    const card = await scene.stripe.paymentMethods.create(method, on(account));
    const { id } = await pay(scene, account, { amount: random.int(500, 5000) }, card.id);
    await scene.stripe.refunds.create({ payment_intent: id }, on(account));
    await scene.pass(120);
  },
  "a fee is given back": async ({ scene, random }) => {
    const { data } = await scene.stripe.applicationFees.list({ limit: 20 });
    const open = data.filter((fee) => fee.amount > fee.amount_refunded);
    if (open.length === 0) return;
    await scene.stripe.applicationFees.createRefund(random.pick(open).id, { amount: 1 });
  },
  "money is brought": async ({ scene, random }) => {
    await scene.stripe.topups.create({ amount: random.int(10_000, 90_000), currency: "usd" });
    await scene.pass(3 * 86_400);
  },
  "money is handed over, and some taken back": async ({ scene, random, full }) => {
    const transfer = await scene.stripe.transfers.create({
      ...{ amount: random.int(100, 900), currency: "usd", destination: full },
    });
    if (random.chance(0.5))
      await scene.stripe.transfers.createReversal(transfer.id, { amount: 50 });
  },
  "an account is debited": async ({ scene, random, full }) => {
    const amount = random.int(50, 900);
    await scene.stripe.charges.create({ amount, currency: "usd", source: full });
  },
  "money is paid out": async ({ scene, random, full, direct }) => {
    const account = random.pick([full, direct]);
    await pay(scene, account, { amount: 20_000 }, "pm_card_bypassPending");
    const amount = random.int(100, 2000);
    const { id } = await scene.stripe.payouts.create({ amount, currency: "usd" }, on(account));
    const ends = ["arrives", "fails", "fails after it arrived", "is canceled", "is asked back"];
    const end = random.pick(ends);
    if (end === "fails after it arrived" || end === "is asked back") await scene.pass(4 * 86_400);
    if (end === "is canceled") await scene.stripe.payouts.cancel(id, {}, on(account));
    else if (end === "is asked back") await scene.stripe.payouts.reverse(id, {}, on(account));
    else if (end !== "arrives") await scene.act(`payouts/${id}/fail`, {});
  },
  "time passes": async ({ scene, random }) => scene.pass(random.int(1, 3) * 86_400),
  "what is taken settles in dollars, or in itself again": async ({ scene, random }) => {
    const rates = { eur: "1.085", gbp: "1.27" };
    const settlement = random.chance(0.6) ? { currency: "usd", rates } : "";
    await scene.act("settings", { settlement });
  },
};

/** Draws an act and does it. Answers what was done; what Stripe refused is one that did nothing. */
export async function actOnce(stage: Stage): Promise<string> {
  const name = stage.random.pick(Object.keys(acts));
  try {
    await acts[name]!(stage);
    return name;
  } catch (error) {
    const { type } = error as { type?: string };
    if (!type?.startsWith("Stripe")) throw error;
    return `${name} (refused: ${(error as Error).message})`;
  }
}
