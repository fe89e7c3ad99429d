import type { Routes } from "#sandbox/protocol/route";
import { applicationFeeRoutes } from "#sandbox/resources/application-fees";
import { balanceRoutes } from "#sandbox/resources/balance";
import { chargeRoutes } from "#sandbox/resources/charges";
import { disputeRoutes } from "#sandbox/resources/disputes";
import { paymentIntentRoutes } from "#sandbox/resources/payment-intents";
import { refundRoutes } from "#sandbox/resources/refunds";
import { transferRoutes } from "#sandbox/resources/transfers";

/** Payments, the ledger they end in, and money on its way between accounts and to banks. */
export const moneyRoutes: Routes = {
  ...applicationFeeRoutes,
  ...balanceRoutes,
  ...chargeRoutes,
  ...disputeRoutes,
  ...paymentIntentRoutes,
  ...refundRoutes,
  ...transferRoutes,
};
