import { isPricedIn } from "#sandbox/billing/price-currency";
import { ratesNamed } from "#sandbox/billing/tax-rates";
import { checkAmount } from "#sandbox/payments/charge-limits";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  decimal,
  integer,
  listOf,
  metadata,
  oneOf,
  required,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { get, mergeMetadata } from "#sandbox/protocol/route";
import { adjustable, boundsOf } from "#sandbox/resources/checkout-collect";
import { checkTerms, shipping, termsFrom } from "#sandbox/resources/payment-intent-terms";
import { priceFrom } from "#sandbox/resources/price-fields";
import type { CheckoutItem, CheckoutSecrets } from "#sandbox/store/kept";
import type { World } from "#sandbox/world/world";

const priceData = shape({
  currency: required(currencyCode),
  product: text,
  product_data: shape({
    name: required(text),
    description: text,
    images: listOf(text),
    metadata,
    tax_code: unbuilt,
    unit_label: unbuilt,
  }),
  recurring: shape({
    interval: required(oneOf(["day", "month", "week", "year"])),
    interval_count: integer,
  }),
  tax_behavior: oneOf(["exclusive", "inclusive", "unspecified"]),
  unit_amount: integer,
  unit_amount_decimal: decimal,
});

/** One line of a session: a price there is, or one made for it. */
export const lineItem = shape({
  price: text,
  price_data: priceData,
  quantity: integer,
  adjustable_quantity: adjustable,
  metadata: unbuilt,
  tax_rates: listOf(text),
  dynamic_tax_rates: unbuilt,
});

/** What a session's payment is made with. */
export const paymentData = shape({
  application_fee_amount: integer,
  capture_method: oneOf(["automatic", "automatic_async", "manual"]),
  description: text,
  metadata,
  on_behalf_of: text,
  receipt_email: text,
  setup_future_usage: oneOf(["off_session", "on_session"]),
  shipping,
  statement_descriptor: text,
  statement_descriptor_suffix: text,
  transfer_data: shape({ destination: required(text), amount: integer }),
  transfer_group: text,
});

/** What a card is set up with. */
export const setupData = shape({ description: text, metadata, on_behalf_of: unbuilt });
type PaymentData = ReturnType<typeof paymentData.read>;
type Line = ReturnType<typeof lineItem.read>;

/** Each mode has parameters of its own, and needs where to go when it is done. */
export function checkMode(params: {
  mode: "payment" | "setup" | "subscription";
  success_url?: string;
  ui_mode?: string;
  line_items?: Line[];
  payment_intent_data?: unknown;
  setup_intent_data?: unknown;
  subscription_data?: unknown;
}): void {
  const { mode } = params;
  if (params.success_url === undefined && params.ui_mode !== "embedded_page") {
    const message = "Missing required param: success_url.";
    throw invalidRequest(message, "parameter_missing", "success_url");
  }
  if (mode !== "setup" && !params.line_items?.length) {
    throw invalidRequest("Missing required param: line_items.", "parameter_missing", "line_items");
  }
  const found = foreign[mode].find((name) => params[name] !== undefined);
  if (found === undefined) return;
  throw invalidRequest(`You can not pass \`${found}\` in \`${mode}\` mode.`, undefined, found);
}

/** What belongs to other modes. */
const foreign = {
  payment: ["subscription_data", "setup_intent_data"],
  setup: ["subscription_data", "payment_intent_data", "line_items"],
  subscription: ["payment_intent_data", "setup_intent_data"],
} as const;

/** Every line with a price that is kept. What is priced on the spot becomes a price of its own. */
export function pricedItems(world: World, lines: readonly Line[]): CheckoutItem[] {
  return lines.map(({ price, price_data: data, quantity, ...line }, place) => {
    const id = price ?? (data && inlinePrice(world, data, `line_items[${place}][price_data]`));
    if (id === undefined) {
      const param = `line_items[${place}][price]`;
      throw invalidRequest(`Missing required param: ${param}.`, "parameter_missing", param);
    }
    const rates = line.tax_rates ?? [];
    ratesNamed(world, rates, `line_items[${place}][tax_rates]`);
    const bounds = boundsOf(line.adjustable_quantity, quantity ?? 1);
    return {
      price: id,
      ...(quantity === undefined ? {} : { quantity }),
      ...(bounds === undefined ? {} : { adjustable: bounds }),
      ...(rates.length === 0 ? {} : { tax_rates: rates }),
    };
  });
}

/** The one currency of prices that are paid once. */
export function oneTimeCurrency(
  world: World,
  lines: readonly { price: string }[],
  fallback: string | undefined,
): string {
  const prices = lines.map(({ price }, place) => {
    const param = `line_items[${place}][price]`;
    const { object } = get(world, "price", price, param);
    if (object.recurring !== null) {
      throw invalidRequest(
        "You specified `payment` mode but passed a recurring price. Either switch to " +
          "`subscription` mode or use only one-time prices.",
        undefined,
        param,
      );
    }
    return object;
  });
  const isAsked = fallback !== undefined && prices.length > 0;
  const own = prices[0]?.currency ?? fallback ?? "usd";
  const currency = isAsked && prices.every((price) => isPricedIn(price, fallback)) ? fallback : own;
  if (prices.every((price) => isPricedIn(price, currency))) return currency;
  throw invalidRequest("All prices of a Checkout Session must have the same currency.");
}

/** Whether what is asked for can be paid and shared out. */
export function checkPaymentData(
  world: World,
  { amount, currency }: { amount: number; currency: string },
  data: PaymentData | undefined,
): void {
  checkAmount(amount, currency);
  if (data === undefined) return;
  const { application_fee_amount, on_behalf_of, transfer_data } = data;
  checkTerms(world, {
    amount,
    ...(application_fee_amount === undefined ? {} : { application_fee_amount }),
    ...(on_behalf_of === undefined ? {} : { on_behalf_of }),
    ...(transfer_data === undefined ? {} : { transfer_data }),
  });
}

/** What the session remembers for when it is paid. */
export function paymentOf(data: PaymentData): NonNullable<CheckoutSecrets["payment"]> {
  const { description, metadata: sent, ...terms } = data;
  return {
    terms: termsFrom(terms),
    description: description ?? null,
    metadata: mergeMetadata({}, sent),
  };
}

function inlinePrice(
  world: World,
  { unit_amount_decimal, ...data }: ReturnType<typeof priceData.read>,
  param: string,
): string {
  if ((data.product === undefined) === (data.product_data === undefined)) {
    throw invalidRequest("You must specify either `product` or `product_data`.", undefined, param);
  }
  if (data.product !== undefined) get(world, "product", data.product, `${param}[product]`);
  if ((data.unit_amount === undefined) === (unit_amount_decimal === undefined)) {
    const message = "You must specify either `unit_amount` or `unit_amount_decimal`.";
    throw invalidRequest(message, undefined, param);
  }
  const decimalAmount = unit_amount_decimal === undefined ? {} : { unit_amount_decimal };
  const object = priceFrom(world, { ...data, ...decimalAmount } as Parameters<typeof priceFrom>[1]);
  world.insert("price", object, {});
  return object.id;
}
