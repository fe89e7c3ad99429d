import type { Routes } from "#sandbox/protocol/route";
import { couponRoutes } from "#sandbox/resources/coupons";
import { creditGrantRoutes } from "#sandbox/resources/credit-grants";
import { creditNoteRoutes } from "#sandbox/resources/credit-notes";
import { customerBalanceRoutes } from "#sandbox/resources/customer-balance";
import { entitlementRoutes } from "#sandbox/resources/entitlements";
import { feedbackOptionRoutes } from "#sandbox/resources/feedback-options";
import { invoiceAttachPaymentRoutes } from "#sandbox/resources/invoice-attach-payment";
import { invoiceCreateRoutes } from "#sandbox/resources/invoice-create";
import { invoiceItemRoutes } from "#sandbox/resources/invoice-items";
import { invoiceLineRoutes } from "#sandbox/resources/invoice-lines";
import { meterUsageRoutes } from "#sandbox/resources/meter-usage";
import { paymentLinkRoutes } from "#sandbox/resources/payment-links";
import { paymentMethodConfigurationRoutes } from "#sandbox/resources/payment-method-configurations";
import { portalConfigurationRoutes } from "#sandbox/resources/portal-configurations";
import { portalSessionRoutes } from "#sandbox/resources/portal-sessions";
import { promotionCodeRoutes } from "#sandbox/resources/promotion-codes";
import { setupAttemptRoutes } from "#sandbox/resources/setup-attempts";
import { setupIntentDepositRoutes } from "#sandbox/resources/setup-intent-deposits";
import { setupIntentRoutes } from "#sandbox/resources/setup-intents";
import { subscriptionPauseRoutes } from "#sandbox/resources/subscription-pause";
import { subscriptionScheduleRoutes } from "#sandbox/resources/subscription-schedules";
import { taxRoutes } from "#sandbox/resources/tax";
import { taxCalculationRoutes } from "#sandbox/resources/tax-calculations";
import { taxCodeRoutes } from "#sandbox/resources/tax-codes";
import { taxIdRoutes } from "#sandbox/resources/tax-ids";
import { taxLocationRoutes } from "#sandbox/resources/tax-locations";
import { taxRateRoutes } from "#sandbox/resources/tax-rates";
import { taxTransactionRoutes } from "#sandbox/resources/tax-transactions";
import { testClockRoutes } from "#sandbox/resources/test-clocks";

/** What makes billing more than a price a month. */
export const billingRoutes: Routes = {
  ...couponRoutes,
  ...customerBalanceRoutes,
  ...feedbackOptionRoutes,
  ...invoiceAttachPaymentRoutes,
  ...invoiceCreateRoutes,
  ...invoiceItemRoutes,
  ...invoiceLineRoutes,
  ...promotionCodeRoutes,
  ...subscriptionPauseRoutes,
  ...testClockRoutes,
  ...creditNoteRoutes,
  ...subscriptionScheduleRoutes,
  ...entitlementRoutes,
  ...meterUsageRoutes,
  ...paymentMethodConfigurationRoutes,
  ...portalConfigurationRoutes,
  ...portalSessionRoutes,
  ...setupAttemptRoutes,
  ...setupIntentDepositRoutes,
  ...setupIntentRoutes,
  ...taxCodeRoutes,
  ...taxIdRoutes,
  ...taxLocationRoutes,
  ...taxRateRoutes,
  ...taxRoutes,
  ...taxCalculationRoutes,
  ...taxTransactionRoutes,
  ...creditGrantRoutes,
  ...paymentLinkRoutes,
};
