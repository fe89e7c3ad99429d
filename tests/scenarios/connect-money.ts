import type Stripe from "stripe";
import { payment, shopWith } from "#tests/scenarios/connect-parts";
import { mine, refusalOf, type Scenario } from "#tests/scenarios/scenario";
import type { Target } from "#tests/scenarios/target";

/** What a balance came to by rows of the ledger: type, amount, fee and net of each. */
type Rows = [type: string, amount: number, fee: number, net: number][];
const rowOf = ({ type, amount, fee, net }: Stripe.BalanceTransaction): Rows[number] => {
  return [type, amount, fee, net];
};
const netOf = (...lists: Rows[]) => lists.flat().reduce((sum, [, , , net]) => sum + net, 0);

/** The rows of these sources in one account, in the order they are named. */
async function rowsOf(
  { stripe }: Target,
  sources: readonly string[],
  on: Stripe.RequestOptions = {},
): Promise<Rows> {
  const rows: Rows = [];
  for (const source of sources) {
    const { data } = await stripe.balanceTransactions.list({ source, limit: 100 }, on);
    rows.push(...data.toReversed().map(rowOf));
  }
  return rows;
}

/** Where the whole charge of 100 dollars with a fee of 10 leaves both accounts. */
type Sold = { platform: Rows; shop: Rows };
const both = ({ platform, shop }: Sold) => ({
  ...{ platform, shop, platformNet: netOf(platform), shopNet: netOf(shop) },
});

type Passed = {
  charge: Stripe.Charge;
  destination: string;
  transfer: Stripe.Transfer;
  paymentId: string;
  feeId: string | null;
};

/** A destination charge, with all that came of it once Stripe has worked it out. */
async function passOn(
  target: Target,
  params: Partial<Stripe.PaymentIntentCreateParams>,
  share: { amount?: number } = {},
): Promise<Passed> {
  const { stripe } = target;
  const to = await shopWith(target, "transfers");
  const sharing = { ...share, destination: to };
  const intent = await stripe.paymentIntents.create({
    ...{ ...payment, ...params, transfer_data: sharing },
  });
  const expand = ["transfer", "balance_transaction"];
  const charge = await target.until(
    "the charge's row in the ledger",
    () => stripe.charges.retrieve(String(intent.latest_charge), { expand }),
    ({ balance_transaction: row }) => row !== null,
  );
  const transfer = charge.transfer as Stripe.Transfer;
  const fee = charge.application_fee;
  return {
    ...{ charge, transfer, destination: to, paymentId: String(transfer.destination_payment) },
    feeId: typeof fee === "string" ? fee : (fee?.id ?? null),
  };
}

async function settledOf(target: Target, passed: Passed, more: string[] = []): Promise<Sold> {
  const { charge, transfer, feeId, paymentId, destination } = passed;
  const on = { stripeAccount: destination };
  const sources = [charge.id, transfer.id, ...(feeId ? [feeId] : []), ...more];
  return {
    platform: await rowsOf(target, sources),
    shop: await rowsOf(target, [paymentId], on),
  };
}

/** Stories of each cent in both accounts: $100, a fee of $10, Stripe's 2.9 % and 30 cents. */
export const connectMoney: Record<string, Scenario> = {
  "destination: the platform pays Stripe and keeps its fee": {
    run: async (target) => both(await settledOf(target, await passOn(target, withFee))),
    expected: {
      platform: [
        ["charge", 10_000, 320, 9_680],
        ["transfer", -10_000, 0, -10_000],
        ["application_fee", 1_000, 0, 1_000],
      ],
      shop: [["payment", 10_000, 1_000, 9_000]],
      ...{ platformNet: 680, shopNet: 9_000 },
    },
  },
  "destination with an amount: only that moves, and there is no fee": {
    run: async (target) => {
      const passed = await passOn(target, {}, { amount: 9_000 });
      return { ...both(await settledOf(target, passed)), fee: passed.feeId };
    },
    expected: {
      platform: [
        ["charge", 10_000, 320, 9_680],
        ["transfer", -9_000, 0, -9_000],
      ],
      shop: [["payment", 9_000, 0, 9_000]],
      ...{ platformNet: 680, shopNet: 9_000, fee: null },
    },
  },
  "a fee and a transfer come back only where a refund says so": {
    run: async (target) => {
      const { stripe } = target;
      const after = async (params: Stripe.RefundCreateParams) => {
        const { charge, transfer, feeId } = await passOn(target, withFee);
        await stripe.refunds.create({ ...params, charge: charge.id });
        const sent = await stripe.transfers.retrieve(transfer.id);
        const fee = await stripe.applicationFees.retrieve(feeId!);
        return [sent.amount_reversed, fee.amount_refunded];
      };
      return {
        plain: await after({}),
        withTransfer: await after({ reverse_transfer: true }),
        whole: await after({ reverse_transfer: true, refund_application_fee: true }),
      };
    },
    expected: { plain: [0, 0], withTransfer: [10_000, 0], whole: [10_000, 1_000] },
  },
  "a direct charge that is disputed debits the account, its fee among it": {
    run: async (target) => {
      const { stripe } = target;
      const on = { stripeAccount: await shopWith(target, "card_payments") };
      const dispute = await disputeOf(target, { ...withFee }, on);
      const { data: ours } = await stripe.balanceTransactions.list({ source: dispute.id });
      const fee = String(
        (await stripe.charges.retrieve(chargeOf(dispute), {}, on)).application_fee,
      );
      const kept = await stripe.applicationFees.retrieve(fee);
      return {
        rows: dispute.balance_transactions.map(rowOf),
        ...{ platform: ours.length, feeGivenBack: kept.amount_refunded },
      };
    },
    expected: {
      rows: [["adjustment", -10_000, 1_500, -11_500]],
      ...{ platform: 0, feeGivenBack: 0 },
    },
  },
  "a destination charge that is disputed debits the platform, and the transfer stays": {
    run: async (target) => {
      const { stripe } = target;
      const destination = await shopWith(target, "transfers");
      const dispute = await disputeOf(target, { ...withFee, transfer_data: { destination } });
      const on = { stripeAccount: destination };
      const charge = await stripe.charges.retrieve(chargeOf(dispute), { expand: ["transfer"] });
      const transfer = charge.transfer as Stripe.Transfer;
      const before = transfer.amount_reversed;
      const paid = await rowsOf(target, [String(transfer.destination_payment)], on);
      await stripe.transfers.createReversal(transfer.id, { amount: 9_000 });
      const after = await stripe.transfers.retrieve(transfer.id);
      return {
        rows: dispute.balance_transactions.map(rowOf),
        ...{ reversedByItself: before, shop: netOf(paid), takenBack: after.amount_reversed },
      };
    },
    expected: {
      rows: [["adjustment", -10_000, 1_500, -11_500]],
      ...{ reversedByItself: 0, shop: 9_000, takenBack: 9_000 },
    },
  },
  "a separate charge that is disputed debits the platform alone": {
    run: async (target) => {
      const { stripe } = target;
      const destination = await shopWith(target, "transfers");
      const dispute = await disputeOf(target, {});
      const sent = await stripe.transfers.create({
        ...{ amount: 5_000, currency: "usd", destination, source_transaction: chargeOf(dispute) },
      });
      await stripe.disputes.close(dispute.id);
      const lost = await target.until(
        "the dispute to be lost",
        () => stripe.disputes.retrieve(dispute.id),
        ({ status }) => status === "lost",
      );
      const { amount_reversed: back } = await stripe.transfers.retrieve(sent.id);
      return { rows: lost.balance_transactions.map(rowOf), reversedByItself: back };
    },
    expected: { rows: [["adjustment", -10_000, 1_500, -11_500]], reversedByItself: 0 },
  },
  "a dispute that is won brings the amount back, and not the fee": {
    run: async (target) => {
      const { stripe } = target;
      const on = { stripeAccount: await shopWith(target, "card_payments") };
      const dispute = await disputeOf(target, {}, on);
      const evidence = { uncategorized_text: "winning_evidence" };
      await stripe.disputes.update(dispute.id, { evidence, submit: true }, on);
      const won = await target.until(
        "the dispute to be won",
        () => stripe.disputes.retrieve(dispute.id, {}, on),
        ({ status, balance_transactions: rows }) => status === "won" && rows.length === 2,
      );
      const rows = won.balance_transactions.map(rowOf).toSorted((a, b) => a[1] - b[1]);
      const again = refusalOf(stripe.disputes.close(dispute.id, {}, on));
      return { rows, net: netOf(rows), again: (await again).status };
    },
    expected: {
      rows: [
        ["adjustment", -10_000, 1_500, -11_500],
        ["adjustment", 10_000, 0, 10_000],
      ],
      ...{ net: -1_500, again: 400 },
    },
  },
  "an inquiry takes nothing": {
    run: async (target) => {
      const { stripe } = target;
      const on = { stripeAccount: await shopWith(target, "card_payments") };
      const asked = await disputeOf(target, { payment_method: "pm_card_createDisputeInquiry" }, on);
      const closed = await stripe.disputes.close(asked.id, {}, on);
      const rows = closed.balance_transactions.length;
      return { status: asked.status, closed: closed.status, rows };
    },
    expected: { status: "warning_needs_response", closed: "warning_closed", rows: 0 },
  },
  "an express account is one whose fees and losses the platform bears": {
    run: async ({ stripe }) => {
      const of = (collector: "stripe" | "application") =>
        stripe.v2.core.accounts.create({
          ...{ display_name: mine, dashboard: "express", identity: { country: "us" } },
          defaults: {
            responsibilities: { fees_collector: collector, losses_collector: collector },
          },
          configuration: {
            recipient: {
              capabilities: { stripe_balance: { stripe_transfers: { requested: true } } },
            },
          },
        });
      const { status } = await refusalOf(of("stripe"));
      return { refused: status, made: (await of("application")).dashboard };
    },
    expected: { refused: 400, made: "express" },
  },
  "a transfer without funds is refused; one of a payment's own waits for it": {
    run: async (target) => {
      const { stripe } = target;
      const destination = await shopWith(target, "transfers");
      const { available } = await stripe.balance.retrieve();
      const free = available.find(({ currency }) => currency === "usd")?.amount ?? 0;
      const send = { amount: Math.max(free, 0) + 1, currency: "usd", destination };
      const refused = await refusalOf(stripe.transfers.create(send));
      const intent = await stripe.paymentIntents.create(payment);
      const source_transaction = String(intent.latest_charge);
      const sent = await stripe.transfers.create({
        ...{ amount: 4_000, currency: "usd", destination, source_transaction },
      });
      return {
        ...{ refused: { status: refused.status, code: refused.code } },
        ...{ amount: sent.amount, isOf: sent.source_transaction === source_transaction },
      };
    },
    expected: {
      refused: { status: 400, code: "balance_insufficient" },
      ...{ amount: 4_000, isOf: true },
    },
  },
};

const withFee = { application_fee_amount: 1_000 };

const chargeOf = ({ charge }: Stripe.Dispute) => (typeof charge === "string" ? charge : charge.id);

/** A payment whose bank turns to the account at once, and what it said. */
async function disputeOf(
  { stripe, until }: Target,
  params: Partial<Stripe.PaymentIntentCreateParams>,
  on: Stripe.RequestOptions = {},
): Promise<Stripe.Dispute> {
  const intent = await stripe.paymentIntents.create(
    { ...payment, payment_method: "pm_card_createDispute", ...params },
    on,
  );
  const { data } = await until(
    "the dispute, with its row in the ledger",
    () => stripe.disputes.list({ payment_intent: intent.id }, on),
    ({ data: [found] }) =>
      found !== undefined &&
      (found.status.startsWith("warning_") || found.balance_transactions.length > 0),
  );
  return data[0]!;
}
