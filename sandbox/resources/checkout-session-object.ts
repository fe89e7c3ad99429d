import { itemAmount, productName } from "#sandbox/billing/lines";
import type { CheckoutItem } from "#sandbox/store/kept";
import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf, show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Session = ObjectOf<"checkout.session">;
type LineItem = NonNullable<Session["line_items"]>["data"][number];

/** The lines of a session. What is billed by usage costs nothing yet. */
export function lineItemsFrom(
  world: World,
  items: readonly CheckoutItem[],
  currency?: string,
): LineItem[] {
  return items.map(({ price: id, quantity = 1, adjustable: bounds }) => {
    const price = world.find("price", id)?.object;
    if (price === undefined) throw new Error("Invariant: a session's prices were checked");
    const isMetered = price.recurring?.usage_type === "metered";
    const amount = isMetered ? 0 : Number(itemAmount(world, id, quantity, currency));
    return {
      id: world.newId("li"),
      object: "item",
      adjustable_quantity: bounds === undefined ? null : { enabled: true, ...bounds },
      amount_discount: 0,
      amount_subtotal: amount,
      amount_tax: 0,
      amount_total: amount,
      currency: currency ?? price.currency,
      description: productName(world, price),
      metadata: {},
      price: show(world, price) as unknown as NonNullable<LineItem["price"]>,
      quantity: isMetered ? null : quantity,
    };
  });
}

/** What of a session's lines is due today: what recurs is not, in a trial. */
export function totalDue(items: readonly LineItem[], isTrial: boolean): number {
  const due = items.filter(({ price }) => !(isTrial && price?.recurring));
  return due.reduce((sum, { amount_total }) => sum + amount_total, 0);
}

/** A session with everything present that Stripe shows of one. */
export function blankSession(
  world: World,
  input: {
    customer: ObjectOf<"customer"> | undefined;
    currency: string;
    expiresAt: number;
    total: number;
    items: LineItem[];
    fields: Partial<Session>;
  },
): Session {
  const { customer, total } = input;
  const id = world.newId("cs_test");
  return {
    ...blank,
    id,
    amount_subtotal: total,
    amount_total: total,
    created: world.now(),
    currency: input.currency,
    customer: customer?.id ?? null,
    customer_account: customer?.customer_account ?? null,
    customer_creation: customer === undefined ? "always" : null,
    customer_details:
      customer === undefined
        ? null
        : {
            address: null,
            business_name: null,
            email: customer.email,
            individual_name: null,
            name: null,
            phone: null,
            tax_exempt: "none",
            tax_ids: null,
          },
    expires_at: input.expiresAt,
    line_items: listOf(`/v1/checkout/sessions/${id}/line_items`, input.items),
    url: `${world.origin}/c/pay/${id}`,
    ...input.fields,
  };
}

const blank = {
  object: "checkout.session" as const,
  adaptive_pricing: null,
  after_expiration: null,
  allow_promotion_codes: null,
  allowed_payment_method_types: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  billing_address_collection: null,
  cancel_url: null,
  client_reference_id: null,
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: {
    after_submit: null,
    shipping_address: null,
    submit: null,
    terms_of_service_acceptance: null,
  },
  customer_email: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: null,
  livemode: false,
  locale: null,
  managed_payments: null,
  metadata: {},
  mode: "subscription" as const,
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: "always" as const,
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_method_types: ["card"],
  payment_status: "unpaid" as const,
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: "open" as const,
  submit_type: null,
  subscription: null,
  success_url: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: "hosted_page" as const,
  wallet_options: null,
};
