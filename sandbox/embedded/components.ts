import { accountManagement } from "#sandbox/embedded/account-management";
import { balances, instantPayoutsPromotion } from "#sandbox/embedded/balances";
import type { Component } from "#sandbox/embedded/component";
import { disputesList, paymentDisputes } from "#sandbox/embedded/disputes";
import { documents } from "#sandbox/embedded/documents";
import {
  financialAccount,
  financialAccountTransactions,
} from "#sandbox/embedded/financial-account";
import { issuingCard, issuingCardsList } from "#sandbox/embedded/issuing";
import { accountOnboarding, notificationBanner } from "#sandbox/embedded/onboarding";
import { paymentDetails } from "#sandbox/embedded/payment";
import { payments } from "#sandbox/embedded/payments";
import { payoutDetails, payouts, payoutsList } from "#sandbox/embedded/payouts";
import { balanceReport, payoutReconciliationReport } from "#sandbox/embedded/reports";
import { taxRegistrations, taxSettings } from "#sandbox/embedded/tax";

/** Every embedded component that is generally available, by its element's name. */
export const components = {
  "account-management": accountManagement,
  "account-onboarding": accountOnboarding,
  "balance-report": balanceReport,
  balances,
  "disputes-list": disputesList,
  documents,
  "financial-account": financialAccount,
  "financial-account-transactions": financialAccountTransactions,
  "instant-payouts-promotion": instantPayoutsPromotion,
  "issuing-card": issuingCard,
  "issuing-cards-list": issuingCardsList,
  "notification-banner": notificationBanner,
  "payment-details": paymentDetails,
  "payment-disputes": paymentDisputes,
  payments,
  "payout-details": payoutDetails,
  "payout-reconciliation-report": payoutReconciliationReport,
  payouts,
  "payouts-list": payoutsList,
  "tax-registrations": taxRegistrations,
  "tax-settings": taxSettings,
} as const satisfies Record<string, Component>;
