import { checkedPrices } from "#sandbox/billing/items";
import { sharingFields, sharingFrom } from "#sandbox/billing/sharing";
import { ratesNamed } from "#sandbox/billing/tax-rates";
import { checkTrial } from "#sandbox/billing/trial-limits";
import { invalidRequest } from "#sandbox/protocol/errors";
import { integer, listOf, metadata, oneOf, required, shape, text } from "#sandbox/protocol/params";
import { get } from "#sandbox/protocol/route";
import {
  anchorConfigParam,
  anchorFrom,
  billingFields,
  billingFrom,
} from "#sandbox/resources/subscription-billing";
import { trialSettings } from "#sandbox/resources/subscription-create";
import type { CheckoutItem, CheckoutSecrets } from "#sandbox/store/kept";
import type { World } from "#sandbox/world/world";

const { invoice_settings, pending_invoice_item_interval } = billingFields;

/** What the subscription of a checkout will be. */
export const subscriptionData = shape({
  ...sharingFields,
  billing_cycle_anchor: integer,
  billing_cycle_anchor_config: anchorConfigParam,
  billing_mode: shape({ type: required(oneOf(["flexible"])) }),
  default_tax_rates: listOf(text),
  description: text,
  invoice_settings,
  metadata,
  pending_invoice_item_interval,
  proration_behavior: oneOf(["create_prorations", "none"]),
  trial_end: integer,
  trial_period_days: integer,
  trial_settings: trialSettings,
});
type Data = ReturnType<typeof subscriptionData.read>;

/** What a session remembers of its subscription for when it is paid. */
export function subscriptionOf(
  world: World,
  data: Data | undefined,
): CheckoutSecrets["subscription"] {
  if (data === undefined) return {};
  const { billing_cycle_anchor: sent, billing_cycle_anchor_config: config } = data;
  const anchor = sent ?? (config && anchorFrom(world.now(), config).at);
  if (anchor !== undefined && anchor <= world.now()) {
    const message = "The anchor must be in the future.";
    throw invalidRequest(message, undefined, "subscription_data[billing_cycle_anchor]");
  }
  const rates = data.default_tax_rates;
  checkTrial(world, data, "subscription_data");
  const fields = {
    ...sharingFrom(world, data),
    ...billingFrom(world, data),
    ...(rates === undefined ? {} : { default_tax_rates: ratesNamed(world, rates) }),
  };
  return {
    ...(anchor === undefined ? {} : { anchor }),
    ...(data.description === undefined ? {} : { description: data.description }),
    ...(Object.keys(fields).length === 0 ? {} : { fields }),
    ...(data.metadata === undefined ? {} : { metadata: data.metadata }),
    ...(data.proration_behavior === "none" ? { prorates: false } : {}),
    ...(data.trial_end === undefined ? {} : { trialEnd: data.trial_end }),
    ...(data.trial_period_days === undefined ? {} : { trialDays: data.trial_period_days }),
    ...(data.trial_settings === undefined
      ? {}
      : { missingMethod: data.trial_settings.end_behavior.missing_payment_method }),
  };
}

/** The currency of a subscription's checkout. What is paid once may go with what recurs. */
export function recurringCurrency(
  world: World,
  lines: readonly CheckoutItem[],
  asked: string | undefined,
): string {
  const isOnce = ({ price }: CheckoutItem, place: number) =>
    get(world, "price", price, `line_items[${place}][price]`).object.recurring === null;
  const recurring = lines.filter((line, place) => !isOnce(line, place));
  if (recurring.length === 0) {
    const message =
      "You must provide at least one recurring price in `subscription` mode when using prices.";
    throw invalidRequest(message, undefined, "line_items");
  }
  return checkedPrices(
    world,
    recurring.map(({ price, quantity }) => countedIn(world, price, quantity)),
    "line_items",
    { asked },
  );
}

// Checkout takes a quantity of one for what is billed by usage, and does without it.
function countedIn(world: World, price: string, quantity: number | undefined) {
  const isMetered = world.find("price", price)?.object.recurring?.usage_type === "metered";
  return quantity === undefined || isMetered ? { price } : { price, quantity };
}
