import type Stripe from "stripe";
import type { KindSpec, Nothing } from "#sandbox/store/kind-spec";
import type { Stored } from "#sandbox/store/wire";

/** A shop, as far as it was named. */
export interface Merchant {
  name?: string;
  category?: string;
  city?: string;
  country?: string;
}

/** The kinds of Issuing and of financial accounts. */
export interface BankingKinds {
  "issuing.authorization": [Stripe.Issuing.Authorization, { merchant: Merchant }];
  "issuing.card": [Stripe.Issuing.Card, { number: string }];
  "issuing.cardholder": [Stripe.Issuing.Cardholder, Nothing];
  "issuing.transaction": [Stripe.Issuing.Transaction, Nothing];
  "treasury.financial_account": [Stripe.Treasury.FinancialAccount, Nothing];
  "treasury.outbound_payment": [Stripe.Treasury.OutboundPayment, Nothing];
  "treasury.received_credit": [Stripe.Treasury.ReceivedCredit, Nothing];
  "treasury.transaction": [Stripe.Treasury.Transaction, Nothing];
}

type BankingKind = keyof BankingKinds;

/** One row per kind of banking. */
export const bankingKinds: {
  [K in BankingKind]: KindSpec<Stored<BankingKinds[K][0]>, BankingKinds[K][1]>;
} = {
  "issuing.authorization": {
    prefix: "iauth",
    noun: "issuing authorization",
    columns: ({ card, cardholder, status }) => ({
      parent: card.id,
      customer: cardholder,
      status,
    }),
  },
  "issuing.card": {
    prefix: "ic",
    noun: "issuing card",
    columns: ({ cardholder, status }) => ({ parent: cardholder.id, status }),
  },
  "issuing.cardholder": {
    prefix: "ich",
    noun: "issuing cardholder",
    columns: ({ email, status }) => ({ status, key: email }),
  },
  "issuing.transaction": {
    prefix: "ipi",
    noun: "issuing transaction",
    columns: ({ card, cardholder, type }) => ({ parent: card, customer: cardholder, status: type }),
  },
  "treasury.financial_account": {
    prefix: "fa",
    noun: "financial account",
    columns: ({ status }) => ({ status }),
  },
  "treasury.outbound_payment": {
    prefix: "obp",
    noun: "outbound payment",
    columns: ({ financial_account, status }) => ({ parent: financial_account, status }),
  },
  "treasury.received_credit": {
    prefix: "rc",
    noun: "received credit",
    columns: ({ financial_account, status }) => ({ parent: financial_account, status }),
  },
  "treasury.transaction": {
    prefix: "trxn",
    noun: "treasury transaction",
    columns: ({ financial_account, status, flow }) => ({
      parent: financial_account,
      status,
      key: flow,
    }),
  },
};
