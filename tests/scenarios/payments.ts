import type Stripe from "stripe";
import { mine, payer, refusalOf, type Scenario } from "#tests/scenarios/scenario";

const pay = (stripe: Stripe, card: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    ...{ amount: 2_000, currency: "usd", payment_method: card, confirm: true },
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    ...more,
  });

/** Stories of cards, refunds and disputes. */
export const payments: Record<string, Scenario> = {
  "a card pays, and a part is given back": {
    run: async ({ stripe }) => {
      const intent = await pay(stripe, "pm_card_visa");
      const refund = await stripe.refunds.create({ payment_intent: intent.id, amount: 500 });
      const charge = await stripe.charges.retrieve(String(intent.latest_charge));
      const over = stripe.refunds.create({ payment_intent: intent.id, amount: 1_501 });
      return {
        ...{ intent: intent.status, received: intent.amount_received, refund: refund.status },
        ...{ refunded: charge.amount_refunded, isRefunded: charge.refunded, paid: charge.paid },
        over: await refusalOf(over),
      };
    },
    expected: {
      ...{ intent: "succeeded", received: 2_000, refund: "succeeded" },
      ...{ refunded: 500, isRefunded: false, paid: true },
      over: { status: 400, type: "invalid_request_error", param: "amount" },
    },
  },
  "a card is declined, and another pays": {
    run: async ({ stripe }) => {
      const intent = await stripe.paymentIntents.create({ amount: 2_000, currency: "usd" });
      const use = (payment_method: string) =>
        stripe.paymentIntents.confirm(intent.id, {
          payment_method,
          return_url: "https://example.com",
        });
      const declined = await refusalOf(use("pm_card_chargeDeclinedInsufficientFunds"));
      const waiting = await stripe.paymentIntents.retrieve(intent.id);
      const paid = await use("pm_card_visa");
      return { declined, waiting: waiting.status, paid: paid.status };
    },
    expected: {
      declined: {
        ...{ status: 402, type: "card_error", code: "card_declined" },
        decline_code: "insufficient_funds",
      },
      ...{ waiting: "requires_payment_method", paid: "succeeded" },
    },
  },
  "a card asks its holder": {
    run: async ({ stripe }) => {
      const on = await pay(stripe, "pm_card_threeDSecure2Required");
      return { on: on.status, next: on.next_action?.type };
    },
    expected: { on: "requires_action", next: "use_stripe_sdk" },
  },
  "money is held, and a part of it taken": {
    run: async ({ stripe }) => {
      const held = await pay(stripe, "pm_card_visa", { capture_method: "manual" });
      const taken = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1_200 });
      const again = await refusalOf(stripe.paymentIntents.capture(held.id));
      return { held: held.status, taken: taken.status, received: taken.amount_received, again };
    },
    expected: {
      ...{ held: "requires_capture", taken: "succeeded", received: 1_200 },
      again: {
        ...{ status: 400, type: "invalid_request_error" },
        code: "payment_intent_unexpected_state",
      },
    },
  },
  "a payment is disputed and given up": {
    run: async ({ stripe, until }) => {
      const intent = await pay(stripe, "pm_card_createDispute");
      const { data } = await until(
        "the dispute",
        () => stripe.disputes.list({ payment_intent: intent.id }),
        (list) => list.data.length > 0,
      );
      const closed = await stripe.disputes.close(data[0]!.id);
      const refund = refusalOf(stripe.refunds.create({ payment_intent: intent.id }));
      return {
        ...{ first: data[0]!.status, amount: data[0]!.amount, reason: data[0]!.reason },
        ...{ closed: closed.status, refund: await refund },
      };
    },
    expected: {
      ...{ first: "needs_response", amount: 2_000, reason: "fraudulent", closed: "lost" },
      refund: { status: 400, type: "invalid_request_error", code: "charge_disputed" },
    },
  },
  "a dispute is won by evidence": {
    run: async ({ stripe, until }) => {
      const intent = await pay(stripe, "pm_card_createDispute");
      const { data } = await until(
        "the dispute",
        () => stripe.disputes.list({ payment_intent: intent.id }),
        (list) => list.data.length > 0,
      );
      const { id } = data[0]!;
      await stripe.disputes.update(id, {
        ...{ evidence: { uncategorized_text: "winning_evidence" }, submit: true },
      });
      const won = await until(
        "the dispute to be decided, and its money to be back",
        () => stripe.disputes.retrieve(id),
        (dispute) => dispute.status === "won" && dispute.balance_transactions.length > 1,
      );
      const again = stripe.disputes.update(id, { submit: true, evidence: { service_date: "x" } });
      const moves = won.balance_transactions.map(({ amount }) => amount);
      return {
        ...{ status: won.status, moves: moves.sort((a, b) => a - b) },
        ...{
          submitted: won.evidence_details.submission_count,
          again: (await refusalOf(again)).status,
        },
      };
    },
    expected: { status: "won", moves: [-2_000, 2_000], submitted: 1, again: 400 },
  },
  "a bank account is saved once its small deposit was read": {
    run: async ({ stripe }) => {
      const customer = await payer(stripe, "pm_card_visa");
      const asked = await stripe.setupIntents.create({
        ...{ customer, confirm: true, allowed_payment_method_types: ["us_bank_account"] },
        payment_method_data: {
          type: "us_bank_account",
          us_bank_account: {
            ...{ account_holder_type: "individual", account_number: "000123456789" },
            routing_number: "110000000",
          },
          billing_details: { name: mine, email: "scenario@example.com" },
        },
        mandate_data: { customer_acceptance: { type: "offline" } },
      });
      const tell = (descriptor_code: string) =>
        stripe.setupIntents.verifyMicrodeposits(asked.id, { descriptor_code });
      const wrong = await refusalOf(tell("SM99ZZ"));
      const done = await tell("SM11AA");
      const { data } = await stripe.setupAttempts.list({ setup_intent: asked.id });
      return {
        ...{ asked: asked.status, next: asked.next_action?.type, wrong: wrong.status },
        ...{ done: done.status, isKept: data[0]?.payment_method === done.payment_method },
      };
    },
    expected: {
      ...{ asked: "requires_action", next: "verify_with_microdeposits", wrong: 400 },
      ...{ done: "succeeded", isKept: true },
    },
  },
};
