import type Stripe from "stripe";
import type {
  BankSecrets,
  DisputeSecrets,
  FileSecrets,
  LedgerSecrets,
  LocalFrame,
  LocalLoginLink,
  LocalSettings,
} from "#sandbox/store/kept";
import type { KindSpec, Nothing } from "#sandbox/store/kind-spec";
import type { Stored } from "#sandbox/store/wire";

/** The kinds by which money moves, between accounts and out of them, and what watches over it. */
export interface MoneyKinds {
  "local.frame": [LocalFrame, Nothing];
  "local.login_link": [LocalLoginLink, { isUsed: boolean }];
  "local.settings": [LocalSettings, Nothing];
  "radar.early_fraud_warning": [Stripe.Radar.EarlyFraudWarning, Nothing];
  "radar.value_list": [Stripe.Radar.ValueList, Nothing];
  "radar.value_list_item": [Stripe.Radar.ValueListItem, Nothing];
  "reporting.report_run": [Stripe.Reporting.ReportRun, Nothing];
  "v2.core.account_person": [Stripe.V2.Core.AccountPerson, Nothing];
  account_session: [Stripe.AccountSession & { id: string }, Nothing];
  balance_settings: [Stripe.BalanceSettings & { id: string }, Nothing];
  bank_account: [Stripe.BankAccount, BankSecrets];
  card: [Stripe.Card, BankSecrets];
  confirmation_token: [Stripe.ConfirmationToken, { method: string; isMade: boolean }];
  dispute: [Stripe.Dispute, DisputeSecrets];
  fee_refund: [Stripe.FeeRefund, Nothing];
  file: [Stripe.File, FileSecrets];
  file_link: [Stripe.FileLink, Nothing];
  payout: [Stripe.Payout, { fails?: string }];
  review: [Stripe.Review, Nothing];
  token: [Stripe.Token, BankSecrets];
  topup: [Stripe.Topup, Nothing];
  transfer: [Stripe.Transfer, Nothing];
  transfer_reversal: [Stripe.TransferReversal, Nothing];
  application_fee: [Stripe.ApplicationFee, Nothing];
  balance_transaction: [Stripe.BalanceTransaction, LedgerSecrets];
  charge: [Stripe.Charge, Nothing];
  refund: [Stripe.Refund, Nothing];
}

type MoneyKind = keyof MoneyKinds;

/** One row per kind of money. */
export const moneyKinds: {
  [K in MoneyKind]: KindSpec<Stored<MoneyKinds[K][0]>, MoneyKinds[K][1]>;
} = {
  "local.frame": {
    prefix: "frame",
    noun: "frame",
    columns: ({ token, account }) => ({ key: token, parent: account }),
  },
  "local.login_link": {
    prefix: "elink",
    noun: "login link",
    columns: ({ id, account }) => ({ key: id, parent: account }),
  },
  "local.settings": { prefix: "settings", noun: "settings", columns: () => ({}) },
  "radar.early_fraud_warning": {
    prefix: "issfr",
    noun: "early fraud warning",
    columns: ({ charge, payment_intent }) => ({ parent: charge, key: payment_intent }),
  },
  "radar.value_list": {
    prefix: "rsl",
    noun: "value list",
    columns: ({ alias }) => ({ key: alias }),
  },
  "radar.value_list_item": {
    prefix: "rsli",
    noun: "value list item",
    columns: ({ value, value_list }) => ({ parent: value_list, key: value }),
  },
  "reporting.report_run": {
    prefix: "frr",
    noun: "report run",
    columns: ({ status }) => ({ status }),
  },
  "v2.core.account_person": {
    prefix: "person",
    noun: "person",
    columns: ({ account }) => ({ parent: account }),
  },
  account_session: {
    prefix: "acctsess",
    noun: "account session",
    columns: ({ account, client_secret }) => ({ parent: account, key: client_secret }),
  },
  balance_settings: { prefix: "bset", noun: "balance settings", columns: () => ({}) },
  bank_account: {
    prefix: "ba",
    noun: "external account",
    columns: ({ currency, status }) => ({ key: currency, status }),
  },
  card: {
    prefix: "card",
    noun: "external account",
    columns: ({ currency, status }) => ({ key: currency, status }),
  },
  confirmation_token: {
    prefix: "ctoken",
    noun: "confirmation token",
    columns: ({ payment_intent, setup_intent }) => ({ parent: payment_intent ?? setup_intent }),
  },
  dispute: {
    prefix: "du",
    noun: "dispute",
    columns: ({ charge, payment_intent, status }) => ({
      parent: charge,
      key: payment_intent,
      status,
    }),
  },
  fee_refund: { prefix: "fr", noun: "fee refund", columns: ({ fee }) => ({ parent: fee }) },
  file: { prefix: "file", noun: "file", columns: ({ purpose }) => ({ key: purpose }) },
  file_link: {
    prefix: "link",
    noun: "file link",
    columns: ({ file, url }) => ({ parent: file, key: url?.split("/").at(-1) }),
  },
  payout: {
    prefix: "po",
    noun: "payout",
    columns: ({ destination, status, method }) => ({ parent: destination, status, key: method }),
  },
  review: {
    prefix: "prv",
    noun: "review",
    columns: ({ charge, open }) => ({ parent: charge, status: open ? "open" : "closed" }),
  },
  token: { prefix: "tok", noun: "token", columns: ({ type }) => ({ status: type }) },
  topup: { prefix: "tu", noun: "topup", columns: ({ status }) => ({ status }) },
  transfer: {
    prefix: "tr",
    noun: "transfer",
    columns: ({ destination, source_transaction, transfer_group }) => ({
      customer: destination,
      parent: source_transaction,
      key: transfer_group,
    }),
  },
  transfer_reversal: {
    prefix: "trr",
    noun: "transfer reversal",
    columns: ({ transfer }) => ({ parent: transfer }),
  },
  application_fee: {
    prefix: "fee",
    noun: "application fee",
    columns: ({ account, charge }) => ({ customer: account, parent: charge }),
  },
  balance_transaction: {
    prefix: "txn",
    noun: "balance transaction",
    columns: ({ source, type, currency }, { payout }) => ({
      customer: payout ?? "unpaid",
      parent: source,
      status: type,
      key: currency,
    }),
  },
  charge: {
    prefix: "ch",
    noun: "charge",
    columns: ({ customer, payment_intent, status, transfer_group }) => ({
      customer,
      parent: payment_intent,
      status,
      key: transfer_group,
    }),
  },
  refund: {
    prefix: "re",
    noun: "refund",
    columns: ({ charge, payment_intent, customer }) => ({
      customer,
      parent: charge,
      key: payment_intent,
    }),
  },
};
