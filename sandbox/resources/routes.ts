import type { Routes } from "#sandbox/protocol/route";
import { accountLinkRoutes } from "#sandbox/resources/account-links";
import { accountRoutes } from "#sandbox/resources/accounts";
import { accountV2Routes } from "#sandbox/resources/accounts-v2";
import { billingRoutes } from "#sandbox/resources/billing-routes";
import { checkoutSessionRoutes } from "#sandbox/resources/checkout-sessions";
import { customerRoutes } from "#sandbox/resources/customers";
import { eventDestinationPingRoutes } from "#sandbox/resources/event-destination-ping";
import { eventDestinationRoutes } from "#sandbox/resources/event-destinations";
import { eventRoutes } from "#sandbox/resources/events";
import { invoicePreviewRoutes } from "#sandbox/resources/invoice-preview";
import { invoiceRoutes } from "#sandbox/resources/invoices";
import { issuingRoutes } from "#sandbox/resources/issuing";
import { meterRoutes } from "#sandbox/resources/meters";
import { moneyRoutes } from "#sandbox/resources/money-routes";
import { paymentMethodRoutes } from "#sandbox/resources/payment-methods";
import { paymentPageRoutes } from "#sandbox/resources/payment-pages";
import { priceRoutes } from "#sandbox/resources/prices";
import { productRoutes } from "#sandbox/resources/products";
import { searchRoutes } from "#sandbox/resources/search";
import { subscriptionItemRoutes } from "#sandbox/resources/subscription-item-routes";
import { subscriptionRoutes } from "#sandbox/resources/subscriptions";
import { treasuryRoutes } from "#sandbox/resources/treasury";
import { webhookEndpointRoutes } from "#sandbox/resources/webhook-endpoints";

/** Everything that is built. Any other URL of Stripe's answers 501. */
export const routes: Routes = {
  ...accountLinkRoutes,
  ...accountRoutes,
  ...accountV2Routes,
  ...billingRoutes,
  ...checkoutSessionRoutes,
  ...customerRoutes,
  ...eventDestinationPingRoutes,
  ...eventDestinationRoutes,
  ...eventRoutes,
  ...invoicePreviewRoutes,
  ...invoiceRoutes,
  ...issuingRoutes,
  ...meterRoutes,
  ...moneyRoutes,
  ...paymentMethodRoutes,
  ...paymentPageRoutes,
  ...priceRoutes,
  ...productRoutes,
  ...searchRoutes,
  ...subscriptionItemRoutes,
  ...subscriptionRoutes,
  ...treasuryRoutes,
  ...webhookEndpointRoutes,
};
