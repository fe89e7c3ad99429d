import { usualCardOptions } from "#sandbox/payments/intent";
import {
  oneOf,
  type Param,
  type Shape,
  shape,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import type { ObjectOf } from "#sandbox/store/kinds";

const request = oneOf(["any", "automatic", "challenge"]);

const unbuiltOf = (names: readonly string[]): Record<string, Param<never>> =>
  Object.fromEntries(names.map((name) => [name, unbuilt]));

// What a card's options can be on an intent that takes money, and are not built.
const cardAlone = [
  ...["capture_method", "cvc_token", "installments", "mandate_options", "moto", "network"],
  ...["request_extended_authorization", "request_multicapture", "request_overcapture"],
  "require_cvc_recollection",
  ...["setup_credential_usage", "setup_future_usage", "statement_descriptor_suffix_kana"],
  ...["statement_descriptor_suffix_kanji", "stored_credential_usage", "three_d_secure"],
];
const otherTypes = [
  ...["acss_debit", "affirm", "afterpay_clearpay", "alipay", "alma", "amazon_pay"],
  ...["au_becs_debit", "bacs_debit", "bancontact", "billie", "bizum", "blik", "boleto"],
  ...["card_present", "cashapp", "crypto", "customer_balance", "eps", "fpx", "giropay"],
  ...["grabpay", "ideal", "interac_present", "kakao_pay", "klarna", "konbini", "kr_card"],
  ...["link", "mb_way", "mobilepay", "multibanco", "naver_pay", "nz_bank_account", "oxxo"],
  ...["p24", "pay_by_bank", "payco", "paynow", "paypal", "paypay", "payto", "pix"],
  ...["promptpay", "revolut_pay", "samsung_pay", "satispay", "scalapay", "sepa_debit"],
  ...["sequra", "sofort", "sunbit", "swish", "twint", "upi", "us_bank_account", "wechat_pay"],
  "zip",
];

const builtOfCard = {
  request_incremental_authorization: oneOf(["if_available", "never"]),
  request_three_d_secure: request,
};
const intentCard = { ...builtOfCard, ...unbuiltOf(cardAlone) };
const setupCard = {
  request_three_d_secure: request,
  ...unbuiltOf(["mandate_options", "moto", "network", "three_d_secure"]),
};

/** `payment_method_options` of a payment intent: whether 3D Secure is asked for, and whether more
 *  may be held later. */
export const intentOptions = shape({
  card: unsettable(shape(intentCard as typeof builtOfCard)),
  ...unbuiltOf(otherTypes),
} satisfies Shape);

/** The same of a setup intent. */
export const setupOptions = shape({
  card: shape(setupCard as { request_three_d_secure: typeof request }),
  ...unbuiltOf([
    ...["acss_debit", "amazon_pay", "bacs_debit", "bizum", "blik", "card_present", "klarna"],
    ...["link", "paypal", "payto", "pix", "sepa_debit", "upi", "us_bank_account"],
  ]),
} satisfies Shape);

type Sent = { card?: { request_three_d_secure?: ReturnType<typeof request.read> } | null };

/** The options as an intent keeps them; nothing when they were not sent. */
export function intentOptionsFrom(
  sent: Sent | undefined,
): ObjectOf<"payment_intent">["payment_method_options"] | undefined {
  return sent === undefined ? undefined : { card: { ...usualCardOptions, ...sent.card } };
}

/** What of a setup intent changes when its options are sent; nothing when they are not. */
export function setupOptionsFrom(sent: Sent | undefined): Partial<ObjectOf<"setup_intent">> {
  if (sent === undefined) return {};
  const { request_three_d_secure: requested = "automatic" } = sent.card ?? {};
  const card = { mandate_options: null, network: null, request_three_d_secure: requested };
  return { payment_method_options: { card } };
}
