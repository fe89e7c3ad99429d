import { type Act, type Acts, admin, api, numberFrom } from "#sandbox/console/act";
import { billingActs } from "#sandbox/console/billing-acts";
import type { Json } from "#sandbox/console/columns";
import type { Field } from "#sandbox/console/form";
import { moneyText } from "#sandbox/console/words";

/** Everything a person can do to an object, each by a call that a program could make too. */
export const acts: Acts = {
  ...billingActs,
  charge: [
    {
      name: "refund",
      label: "Refund",
      // What another account sent goes back by reversing its transfer.
      when: ({ paid, refunded, disputed, source_transfer: from }) =>
        paid === true && !refunded && !disputed && !from,
      effect: (charge) =>
        `Gives up to ${left(charge)} back to the customer. Stripe's fee is not returned.`,
      fields: (charge) => [amountField(charge, "Left empty: all that is left.")],
      call: (id, { amount }) => api("POST /v1/refunds", { charge: id, amount }),
    },
    {
      name: "dispute",
      label: "Open a dispute",
      isDanger: true,
      when: ({ paid, disputed }) => paid === true && !disputed,
      effect: (charge) =>
        `The cardholder's bank takes ${money(charge)} back at once, and a fee of 15.00 with it. ` +
        "An inquiry takes nothing.",
      fields: (charge) => [
        { name: "reason", label: "Reason", kind: "choice", choices: disputeReasons },
        amountField(charge, "Left empty: the whole charge."),
        { name: "inquiry", label: "Only an inquiry", kind: "check" },
      ],
      call: (id, { reason, amount, inquiry }) =>
        admin("POST /disputes", {
          ...{ charge: id, reason, amount: numberFrom(amount) },
          inquiry: inquiry === "true",
        }),
    },
    fraudAct("warn", "Warn of fraud", "POST /early-fraud-warnings", "The bank reports this charge"),
    fraudAct("review", "Open a review", "POST /reviews", "Stripe puts this charge before a person"),
  ],
  dispute: [
    {
      name: "decide",
      label: "Decide it",
      when: ({ status }) => !["won", "lost", "warning_closed"].includes(String(status)),
      effect: () =>
        "The bank decides now. Won gives the amount back and keeps the fee; lost keeps both.",
      fields: ({ status }) => [
        {
          ...{ name: "verdict", label: "Verdict", kind: "choice" as const },
          choices: String(status).startsWith("warning") ? ["warning_closed"] : ["won", "lost"],
        },
      ],
      call: (_id, { verdict }) => admin("POST /disputes/:id/decide", { verdict }),
    },
    {
      name: "close",
      label: "Accept it",
      isDanger: true,
      when: ({ status }) => status === "needs_response",
      effect: (dispute) => `Gives the dispute up: ${money(dispute)} is lost for good.`,
      call: (id) => api(`POST /v1/disputes/${id}/close`),
    },
  ],
  payout: [
    {
      name: "fail",
      label: "Fail it",
      isDanger: true,
      when: ({ status }) => ["pending", "in_transit", "paid"].includes(String(status)),
      effect: (payout) =>
        `The bank sends ${money(payout)} back: a row in the ledger returns it to the balance.`,
      fields: () => [
        { name: "code", label: "Failure code", kind: "choice", choices: payoutFailures },
      ],
      call: (_id, { code }) => admin("POST /payouts/:id/fail", { code }),
    },
    {
      name: "cancel",
      label: "Cancel it",
      when: ({ status }) => status === "pending",
      effect: (payout) => `${money(payout)} stays in the balance and is not sent.`,
      call: (id) => api(`POST /v1/payouts/${id}/cancel`),
    },
  ],
  payment_intent: [
    {
      name: "confirm",
      label: "Pay with a card",
      when: ({ status }) =>
        ["requires_payment_method", "requires_confirmation"].includes(String(status)),
      effect: (intent) => `Tries to take ${money(intent)} with a test card.`,
      fields: () => [cardField],
      call: (id, { card }) =>
        api(`POST /v1/payment_intents/${id}/confirm`, {
          payment_method: card,
          return_url: "http://localhost/",
        }),
    },
    {
      name: "capture",
      label: "Capture",
      when: ({ status }) => status === "requires_capture",
      effect: (intent) => `Takes ${money(intent)} that the card has set aside.`,
      call: (id) => api(`POST /v1/payment_intents/${id}/capture`),
    },
    {
      name: "cancel",
      label: "Cancel",
      isDanger: true,
      when: ({ status }) => !["succeeded", "canceled", "processing"].includes(String(status)),
      effect: () => "Ends this payment: nothing can be taken by it any more.",
      call: (id) => api(`POST /v1/payment_intents/${id}/cancel`),
    },
  ],
  transfer: [
    {
      name: "reverse",
      label: "Reverse",
      isDanger: true,
      when: ({ reversed }) => reversed !== true,
      effect: (transfer) => `Takes ${money(transfer)} back from the connected account.`,
      fields: (transfer) => [amountField(transfer, "Left empty: all that is left.")],
      call: (id, { amount }) => api(`POST /v1/transfers/${id}/reversals`, { amount }),
    },
  ],
  "checkout.session": [
    {
      name: "complete",
      label: "Complete it",
      when: ({ status }) => status === "open",
      effect: () => "Does what a customer does on the hosted page, with a test card.",
      fields: () => [cardField],
      call: (_id, { card }) => admin("POST /checkout/:id/complete", { card }),
    },
    {
      name: "expire",
      label: "Expire it",
      when: ({ status }) => status === "open",
      effect: () => "Closes the hosted page: it can no longer be paid.",
      call: (id) => api(`POST /v1/checkout/sessions/${id}/expire`),
    },
  ],
  review: [
    {
      name: "approve",
      label: "Approve",
      when: ({ open }) => open === true,
      effect: () => "Closes the review: the payment stands.",
      call: (id) => api(`POST /v1/reviews/${id}/approve`),
    },
  ],
};

/** What can be done to this object now. */
export function actsFor(kind: string, object: Json): readonly Act[] {
  const all = (acts as Record<string, readonly Act[] | undefined>)[kind] ?? [];
  return all.filter(({ when }) => when(object));
}

const disputeReasons = [
  ...["fraudulent", "product_not_received", "product_unacceptable", "duplicate"],
  ...["subscription_canceled", "unrecognized", "credit_not_processed", "general"],
];

const payoutFailures = [
  ...["could_not_process", "account_closed", "no_account", "insufficient_funds"],
  ...["invalid_account_number", "bank_account_restricted", "debit_not_authorized"],
];

const cardField: Field = {
  name: "card",
  label: "Test card",
  kind: "choice",
  choices: [
    ["pm_card_visa", "Visa, works"],
    ["pm_card_chargeDeclined", "Declined"],
    ["pm_card_chargeDeclinedInsufficientFunds", "Insufficient funds"],
    ["pm_card_createDispute", "Works, then disputed"],
    ["pm_card_authenticationRequired", "Asks for 3D Secure"],
  ],
};

function amountField({ currency }: Json, hint: string): Field {
  const label = `Amount in minor units of ${String(currency).toUpperCase()}`;
  return { name: "amount", label, kind: "number", hint };
}

function money({ amount, currency }: Json): string {
  return moneyText(Number(amount), String(currency));
}

function left({ amount_captured: captured, amount_refunded: refunded, currency }: Json): string {
  return moneyText(Number(captured) - Number(refunded), String(currency));
}

function fraudAct(name: string, label: string, call: string, does: string): Act {
  return {
    ...{ name, label },
    when: ({ paid, refunded }) => paid === true && !refunded,
    effect: () => `${does}. No money moves; the events a platform listens for are sent.`,
    call: (id) => admin(call, { charge: id }),
  };
}
