import type { Routes } from "#sandbox/protocol/route";
import { accountSessionRoutes } from "#sandbox/resources/account-sessions";
import { applicationFeeRoutes } from "#sandbox/resources/application-fees";
import { balanceRoutes } from "#sandbox/resources/balance";
import { balanceSettingsRoutes } from "#sandbox/resources/balance-settings";
import { chargeRoutes } from "#sandbox/resources/charges";
import { confirmationTokenRoutes } from "#sandbox/resources/confirmation-tokens";
import { disputeRoutes } from "#sandbox/resources/disputes";
import { externalAccountRoutes } from "#sandbox/resources/external-accounts";
import { fileLinkRoutes } from "#sandbox/resources/file-links";
import { fileRoutes } from "#sandbox/resources/files";
import { loginLinkRoutes } from "#sandbox/resources/login-links";
import { paymentIntentDetailRoutes } from "#sandbox/resources/payment-intent-details";
import { paymentIntentIncrementRoutes } from "#sandbox/resources/payment-intent-increment";
import { paymentIntentRoutes } from "#sandbox/resources/payment-intents";
import { payoutRoutes } from "#sandbox/resources/payouts";
import { personRoutes } from "#sandbox/resources/persons";
import { radarRoutes } from "#sandbox/resources/radar";
import { refundRoutes } from "#sandbox/resources/refunds";
import { reportingRoutes } from "#sandbox/resources/reporting";
import { tokenRoutes } from "#sandbox/resources/tokens";
import { topupRoutes } from "#sandbox/resources/topups";
import { transferRoutes } from "#sandbox/resources/transfers";

/** Payments, the ledger they end in, and money on its way between accounts and to banks. */
export const moneyRoutes: Routes = {
  ...accountSessionRoutes,
  ...applicationFeeRoutes,
  ...balanceRoutes,
  ...balanceSettingsRoutes,
  ...chargeRoutes,
  ...confirmationTokenRoutes,
  ...disputeRoutes,
  ...externalAccountRoutes,
  ...loginLinkRoutes,
  ...paymentIntentDetailRoutes,
  ...paymentIntentIncrementRoutes,
  ...paymentIntentRoutes,
  ...payoutRoutes,
  ...personRoutes,
  ...radarRoutes,
  ...refundRoutes,
  ...tokenRoutes,
  ...topupRoutes,
  ...fileLinkRoutes,
  ...fileRoutes,
  ...reportingRoutes,
  ...transferRoutes,
};
