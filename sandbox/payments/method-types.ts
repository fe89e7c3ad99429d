import { invalidParam } from "#sandbox/protocol/errors";
import { listOf, type Param, text } from "#sandbox/protocol/params";

/** Every way of paying that Stripe has a name for, built here or not. */
const words: ReadonlySet<string> = new Set([
  ...["acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay", "au_becs_debit"],
  ...["bacs_debit", "bancontact", "billie", "bizum", "blik", "boku_promptpay", "boleto"],
  ...["capchase_pay", "card", "card_present", "cashapp", "check_scan", "click_to_pay"],
  ...[
    "crypto",
    "customer_balance",
    "demo_pay",
    "duitnow",
    "dummy_auth_push",
    "dummy_passthrough_card",
  ],
  ...["edenred", "eps", "fpx", "gcash", "getbalance", "gift_card", "giropay", "gopay"],
  ...["grabpay", "id_bank_transfer", "ideal", "interac_present", "kakao_pay", "klarna"],
  ...["knet", "konbini", "kr_card", "kr_market", "kriya", "link", "mb_way", "mobilepay"],
  ...["momo", "mondu", "multibanco", "naver_pay", "netbanking", "ng_bank", "ng_bank_transfer"],
  ...["ng_card", "ng_market", "ng_ussd", "ng_wallet", "nz_bank_account", "octopus", "oxxo"],
  ...["p24", "paper_check", "pay_by_bank", "payco", "paynow", "paypal", "paypay", "payto"],
  ...["pix", "promptpay", "qris", "rechnung", "revolut_pay", "samsung_pay", "satispay"],
  ...["scalapay", "sepa_debit", "sequra", "shop_pay", "shopeepay", "sofort", "south_korea_market"],
  ...["stripe_balance", "sunbit", "swish", "tamara", "test_pay", "touch_n_go", "truemoney"],
  ...["twint", "upi", "us_bank_account", "us_cash_voucher", "vipps", "wechat_pay", "wero"],
  ...["zip"],
]);

const methodType: Param<string> = {
  read(value, name) {
    const word = text.read(value, name);
    if (words.has(word)) return word;
    throw invalidParam(name, `The payment method type "${word}" is invalid.`);
  },
};

/** Which ways of paying are allowed, or left out, by their names. */
export const methodTypes = listOf(methodType);
