import type Stripe from "stripe";
import { payment, shopWith } from "#tests/scenarios/connect-parts";
import { refusalOf, type Scenario } from "#tests/scenarios/scenario";

/** Stories of money that is shared with connected accounts. */
export const connect: Record<string, Scenario> = {
  "money is passed on, less the platform's share, and comes back with a refund": {
    run: async (target) => {
      const { stripe } = target;
      const shop = await shopWith(target, "transfers");
      const intent = await stripe.paymentIntents.create({
        ...payment,
        ...{ application_fee_amount: 1_000, transfer_data: { destination: shop } },
      });
      const expand = ["transfer", "application_fee"];
      const charge = await stripe.charges.retrieve(String(intent.latest_charge), { expand });
      await stripe.refunds.create({
        ...{ payment_intent: intent.id, reverse_transfer: true, refund_application_fee: true },
      });
      const back = await stripe.charges.retrieve(charge.id, { expand });
      const moved = ({ transfer, application_fee: fee }: Stripe.Charge) => [
        (transfer as Stripe.Transfer).amount,
        (transfer as Stripe.Transfer).amount_reversed,
        (fee as Stripe.ApplicationFee).amount,
        (fee as Stripe.ApplicationFee).amount_refunded,
      ];
      return { paid: moved(charge), after: moved(back) };
    },
    expected: { paid: [10_000, 0, 1_000, 0], after: [10_000, 10_000, 1_000, 1_000] },
  },
  "an account takes a payment of its own, and the platform its share": {
    run: async (target) => {
      const { stripe } = target;
      const stripeAccount = await shopWith(target, "card_payments");
      const intent = await stripe.paymentIntents.create(
        { ...payment, application_fee_amount: 1_000 },
        { stripeAccount },
      );
      const charge = await target.until(
        "the charge's row in the ledger",
        () =>
          stripe.charges.retrieve(
            String(intent.latest_charge),
            { expand: ["balance_transaction"] },
            { stripeAccount },
          ),
        ({ balance_transaction: row }) => row !== null,
      );
      const row = charge.balance_transaction as Stripe.BalanceTransaction;
      const shares = row.fee_details.filter(({ type }) => type === "application_fee");
      const fee = await stripe.applicationFees.retrieve(String(charge.application_fee));
      const unseen = refusalOf(stripe.charges.retrieve(charge.id));
      await stripe.refunds.create(
        { payment_intent: intent.id, refund_application_fee: true },
        { stripeAccount },
      );
      const after = await stripe.applicationFees.retrieve(fee.id);
      return {
        ...{ status: intent.status, amount: row.amount, isWhole: row.net === row.amount - row.fee },
        shares: shares.map(({ amount }) => amount),
        ...{ fee: fee.amount, isTheirs: fee.account === stripeAccount, unseen: await unseen },
        ...{ back: after.amount_refunded, isBack: after.refunded },
      };
    },
    expected: {
      ...{ status: "succeeded", amount: 10_000, isWhole: true, shares: [1_000] },
      ...{ fee: 1_000, isTheirs: true, back: 1_000, isBack: true },
      unseen: {
        ...{ status: 404, type: "invalid_request_error", code: "resource_missing" },
        param: "id",
      },
    },
  },
  "a payment is sent on by transfers of its own, and no more than it was": {
    run: async (target) => {
      const { stripe } = target;
      const destination = await shopWith(target, "transfers");
      const intent = await stripe.paymentIntents.create(payment);
      const source_transaction = String(intent.latest_charge);
      const send = (amount: number) =>
        stripe.transfers.create({ amount, currency: "usd", destination, source_transaction });
      const sent = await send(7_000);
      const over = await refusalOf(send(4_000));
      const back = await stripe.transfers.createReversal(sent.id, { amount: 2_000 });
      const after = await stripe.transfers.retrieve(sent.id);
      return {
        ...{ amount: sent.amount, isOf: sent.source_transaction === source_transaction },
        ...{ overStatus: over.status, overType: over.type, back: back.amount },
        ...{ reversed: after.amount_reversed, isReversed: after.reversed },
      };
    },
    expected: {
      ...{ amount: 7_000, isOf: true, overStatus: 400, overType: "invalid_request_error" },
      ...{ back: 2_000, reversed: 2_000, isReversed: false },
    },
  },
  "what an account has available is paid out, and no more": {
    run: async (target) => {
      const { stripe } = target;
      const own = { stripeAccount: await shopWith(target, "card_payments") };
      const kept = await stripe.balanceSettings.retrieve(undefined, own);
      const schedule = kept.payments.payouts?.schedule;
      const setInterval = (interval = "daily") =>
        stripe.balanceSettings.update({ payments: { payouts: { schedule: { interval } } } }, own);
      const available = async () => {
        const { available: all } = await stripe.balance.retrieve(undefined, own);
        return all.find(({ currency }) => currency === "usd")?.amount ?? 0;
      };
      await setInterval("manual");
      const before = await available();
      const intent = await stripe.paymentIntents.create(
        { ...payment, payment_method: "pm_card_bypassPending" },
        own,
      );
      const expand = ["balance_transaction"];
      const id = String(intent.latest_charge);
      const charge = await stripe.charges.retrieve(id, { expand }, own);
      const { net } = charge.balance_transaction as Stripe.BalanceTransaction;
      const gained = (await available()) - before;
      const send = (amount: number) => stripe.payouts.create({ amount, currency: "usd" }, own);
      const over = await refusalOf(send(before + net + 1));
      const sent = await send(1_000);
      const during = (await available()) - before;
      const back = await stripe.payouts.cancel(sent.id, undefined, own);
      const after = (await available()) - before;
      await setInterval(schedule?.interval ?? undefined);
      return {
        ...{ isGained: gained === net, over: { status: over.status, code: over.code } },
        ...{ sent: sent.status, automatic: sent.automatic, isTaken: during === net - 1_000 },
        ...{ back: back.status, isBack: after === net },
      };
    },
    expected: {
      ...{ isGained: true, over: { status: 400, code: "balance_insufficient" } },
      ...{ sent: "pending", automatic: false, isTaken: true, back: "canceled", isBack: true },
    },
  },
};
