import type { MethodFact, PaymentMethodRow } from "#lib/payments/payment-methods";
import type { SwitchableMethod } from "#lib/stripe/gateway-collection";

const euro = ["eur"] as const;
const union = [
  ...["AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE"],
  ...["IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK"],
];
const sepa = [...union, "CH", "IS", "LI", "NO"];
const klarna = [
  ...["AT", "AU", "BE", "CA", "CH", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "GR", "IE", "IT"],
  ...["NL", "NO", "NZ", "PL", "PT", "RO", "SE", "US"],
];
const klarnas = [
  ...["aud", "cad", "chf", "czk", "dkk", "eur", "gbp", "nok", "nzd", "pln", "ron", "sek", "usd"],
];
const wallets = ["cny", "aud", "cad", "eur", "gbp", "hkd", "jpy", "sgd", "usd"];
const usual = "Settles with your account's usual delay.";
const asDebit = "Paid at once; renewals are SEPA debits and settle as those do.";
const most = ["places", "currencies", "recurring", "confirms", "disputes", "settlement"] as const;
const alsoLimits = [...most, "limits"] as const;
const atOnce = ["places", "currencies", "confirms"] as const;
const transfer = ["currencies", "recurring", "disputes", "settlement"] as const;
const alsoRefunds = [...most, "refunds"] as const;

/** What a page of Stripe's documentation showed on the day it was read. */
function seen(path: string, facts: readonly MethodFact[] = most, on = "2026-11-21") {
  return { url: `https://docs.stripe.com/payments/${path}`, on, facts };
}

/**
 * Local ways to pay, one row each. `checked` says which facts of a row were found at Stripe's, and
 * where; of the others the console says that they were not checked.
 */
export const paymentMethods = {
  card: {
    ...{ name: "Cards", family: "card", countries: "all", currencies: "all" },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    ...{ settlement: usual, checked: null },
  },
  link: {
    ...{ name: "Link", family: "wallet", countries: "all", currencies: "all" },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    ...{ settlement: usual, checked: null },
  },
  us_bank_account: {
    ...{ name: "ACH Direct Debit", family: "debit", countries: ["US"], currencies: ["usd"] },
    ...{ recurring: "yes", confirmsInDays: 4, refundDays: 180, disputes: "unconditional" },
    settlement: "Known after up to 4 business days, paid out in 2 to 5.",
    checked: seen("ach-direct-debit"),
  },
  sepa_debit: {
    ...{ name: "SEPA Direct Debit", family: "debit", countries: sepa, currencies: euro },
    ...{ recurring: "yes", confirmsInDays: 7, refundDays: 180, disputes: "unconditional" },
    settlement:
      "Known after 7 to 8 business days on average and 14 at most; its payer can have it back " +
      "unasked for 8 weeks.",
    limits: "10,000 EUR a payment; less a week for new accounts.",
    checked: seen("sepa-debit", alsoLimits),
  },
  bacs_debit: {
    ...{ name: "Bacs Direct Debit", family: "debit", countries: ["GB"], currencies: ["gbp"] },
    ...{ recurring: "yes", confirmsInDays: 4, refundDays: 180, disputes: "unconditional" },
    settlement: "Known after 4 business days, after 7 where the mandate is new.",
    limits: "100,000 GBP a payment; 10,000 GBP a week for new accounts.",
    checked: seen("payment-methods/bacs-debit", alsoLimits),
  },
  au_becs_debit: {
    ...{ name: "BECS Direct Debit", family: "debit", countries: ["AU"], currencies: ["aud"] },
    ...{ recurring: "yes", confirmsInDays: 2, refundDays: 90, disputes: "unconditional" },
    settlement: "Known and settled after up to 2 business days.",
    limits: "10,000 AUD a payment and a week for new accounts.",
    checked: seen("au-becs-debit", alsoLimits),
  },
  acss_debit: {
    ...{ name: "Pre-authorised debit", family: "debit" },
    ...{ countries: ["CA"], currencies: ["cad", "usd"] },
    ...{ recurring: "yes", confirmsInDays: 5, refundDays: 180, disputes: "unconditional" },
    settlement: "Known after up to 5 business days; it can fail or be disputed afterwards.",
    checked: seen("acss-debit", ["places", "confirms", "disputes", "settlement"]),
  },
  ideal: {
    ...{ name: "iDEAL | Wero", family: "redirect", countries: ["NL"], currencies: euro },
    ...{ recurring: "by_debit", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: asDebit,
    checked: seen("ideal", most, "2026-11-22"),
  },
  bancontact: {
    ...{ name: "Bancontact", family: "redirect", countries: ["BE"], currencies: euro },
    ...{ recurring: "by_debit", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: asDebit,
    checked: seen("bancontact/accept-a-payment", ["currencies", "recurring", "confirms"]),
  },
  eps: {
    ...{ name: "EPS", family: "redirect", countries: ["AT"], currencies: euro },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    ...{ settlement: usual, checked: seen("eps") },
  },
  p24: {
    ...{ name: "Przelewy24", family: "redirect", countries: ["PL"], currencies: ["pln", "eur"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    ...{ settlement: usual, checked: seen("p24") },
  },
  blik: {
    ...{ name: "BLIK", family: "redirect", countries: ["PL"], currencies: ["pln"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 395, disputes: "yes" },
    ...{ settlement: usual, checked: seen("blik") },
  },
  twint: {
    ...{ name: "TWINT", family: "wallet", countries: ["CH"], currencies: ["chf"] },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    settlement: usual,
    limits: "5,000 CHF a payment.",
    checked: seen("twint", alsoLimits),
  },
  swish: {
    ...{ name: "Swish", family: "instant", countries: ["SE"], currencies: ["sek"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 365, disputes: "no" },
    ...{ settlement: usual, checked: seen("swish/accept-a-payment", atOnce, "2026-11-22") },
  },
  mobilepay: {
    ...{
      name: "MobilePay",
      family: "wallet",
      countries: ["DK", "FI"],
      currencies: ["dkk", "eur", "nok", "sek"],
    },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 365, disputes: "yes" },
    ...{ settlement: usual, checked: seen("mobilepay") },
  },
  multibanco: {
    ...{ name: "Multibanco", family: "voucher", countries: ["PT"], currencies: euro },
    ...{ recurring: "no", confirmsInDays: 3, refundDays: 365, disputes: "no" },
    settlement:
      "Paid by a reference at a bank; its bank transfer can take several days to be known.",
    checked: seen("multibanco"),
  },
  pix: {
    ...{ name: "Pix", family: "instant", countries: ["BR"], currencies: ["brl"] },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 90, disputes: "yes" },
    settlement:
      "Paid by a QR code that expires. Renewals take a mandate (Pix Automático), which Stripe " +
      "accounts in Brazil cannot use.",
    checked: seen("pix", ["places", "currencies", "recurring", "disputes", "settlement"]),
  },
  boleto: {
    ...{ name: "Boleto", family: "voucher", countries: ["BR"], currencies: ["brl"] },
    ...{ recurring: "by_invoice", confirmsInDays: 1, refundDays: null, disputes: "no" },
    settlement:
      "Paid at a bank within days, known a business day later, paid out 2 business days after " +
      "that. Stripe gives none back.",
    checked: seen("boleto", alsoRefunds),
  },
  oxxo: {
    ...{ name: "OXXO", family: "voucher", countries: ["MX"], currencies: ["mxn"] },
    ...{ recurring: "no", confirmsInDays: 1, refundDays: null, disputes: "no" },
    settlement:
      "Paid in cash within days, known the next business day, settled on the Monday or Wednesday " +
      "after.",
    checked: seen("oxxo", ["places", "confirms", "settlement"]),
  },
  konbini: {
    ...{ name: "Konbini", family: "voucher", countries: ["JP"], currencies: ["jpy"] },
    ...{ recurring: "by_invoice", confirmsInDays: 1, refundDays: 180, disputes: "no" },
    settlement: "Paid in cash within days; a refund asks its payer for a bank account by e-mail.",
    checked: seen("konbini/accept-a-payment", ["places", "currencies"]),
  },
  grabpay: {
    ...{ name: "GrabPay", family: "wallet", countries: ["SG", "MY"], currencies: ["sgd", "myr"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 90, disputes: "no" },
    settlement: "Settles with your account's usual delay. A refund takes minutes and can fail.",
    checked: seen("grabpay", alsoRefunds),
  },
  paynow: {
    ...{ name: "PayNow", family: "instant", countries: ["SG"], currencies: ["sgd"] },
    ...{ recurring: "by_invoice", confirmsInDays: 0, refundDays: 90, disputes: "no" },
    settlement: usual,
    checked: seen("paynow/accept-a-payment", ["currencies"]),
  },
  promptpay: {
    ...{ name: "PromptPay", family: "instant", countries: ["TH"], currencies: ["thb"] },
    ...{ recurring: "by_invoice", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: "Known at once. A refund asks its payer by e-mail where the money is to go.",
    checked: seen("promptpay"),
  },
  fpx: {
    ...{ name: "FPX", family: "redirect", countries: ["MY"], currencies: ["myr"] },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 60, disputes: "no" },
    settlement: usual,
    checked: seen("fpx/accept-a-payment", ["places", "recurring", "confirms"]),
  },
  alipay: {
    ...{
      name: "Alipay",
      family: "wallet",
      countries: ["CN"],
      currencies: [...wallets, "nzd", "myr"],
    },
    ...{ recurring: "no", confirmsInDays: 0, refundDays: 90, disputes: "no" },
    settlement: usual,
    checked: seen("alipay/accept-a-payment", ["places", "currencies", "recurring", "confirms"]),
  },
  wechat_pay: {
    ...{
      name: "WeChat Pay",
      family: "wallet",
      countries: ["CN"],
      currencies: [...wallets, "dkk", "nok", "sek", "chf"],
    },
    ...{ recurring: "by_invoice", confirmsInDays: 0, refundDays: 180, disputes: "no" },
    settlement: usual,
    checked: seen("wechat-pay/accept-a-payment", ["currencies", "confirms"]),
  },
  klarna: {
    ...{ name: "Klarna", family: "later", countries: klarna, currencies: klarnas },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    settlement: "Settled whole whatever its payer still owes Klarna, which bears that loss.",
    checked: seen("klarna"),
  },
  cashapp: {
    ...{ name: "Cash App Pay", family: "wallet", countries: ["US"], currencies: ["usd"] },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    settlement: "Settles after up to 2 business days.",
    checked: seen("cash-app-pay"),
  },
  revolut_pay: {
    ...{
      name: "Revolut Pay",
      family: "wallet",
      countries: [...union, "GB"],
      currencies: ["eur", "gbp", "ron", "huf", "pln", "dkk"],
    },
    ...{ recurring: "yes", confirmsInDays: 0, refundDays: 180, disputes: "yes" },
    ...{ settlement: usual, checked: seen("revolut-pay", alsoRefunds) },
  },
  customer_balance: {
    ...{
      name: "Bank transfer",
      family: "transfer",
      countries: ["US", "GB", "JP", "MX", "DE", "FR", "NL", "BE", "ES", "IE"],
      currencies: ["usd", "gbp", "jpy", "mxn", "eur"],
    },
    ...{ recurring: "by_invoice", confirmsInDays: 2, refundDays: 180, disputes: "yes" },
    settlement:
      "Known when it arrives, and may be too much or too little. Disputed in the US alone.",
    checked: seen("bank-transfers", transfer, "2026-11-22"),
  },
} as const satisfies { readonly [Type in SwitchableMethod]?: PaymentMethodRow };
