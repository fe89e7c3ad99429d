import type Stripe from "stripe";

/** Every type of object we mirror, by the name Stripe gives it in `object`. */
export type StripeObjects = {
  account: Stripe.Account;
  application_fee: Stripe.ApplicationFee;
  balance_transaction: Stripe.BalanceTransaction;
  "billing.meter": Stripe.Billing.Meter;
  charge: Stripe.Charge;
  "checkout.session": Stripe.Checkout.Session;
  credit_note: Stripe.CreditNote;
  customer: Stripe.Customer;
  dispute: Stripe.Dispute;
  "entitlements.active_entitlement_summary": Stripe.Entitlements.ActiveEntitlementSummary;
  invoice: Stripe.Invoice;
  invoice_payment: Stripe.InvoicePayment;
  payment_intent: Stripe.PaymentIntent;
  payment_method: Stripe.PaymentMethod;
  payout: Stripe.Payout;
  price: Stripe.Price;
  product: Stripe.Product;
  "radar.early_fraud_warning": Stripe.Radar.EarlyFraudWarning;
  refund: Stripe.Refund;
  subscription: Stripe.Subscription;
  subscription_schedule: Stripe.SubscriptionSchedule;
  topup: Stripe.Topup;
  transfer: Stripe.Transfer;
  "v2.core.account": Stripe.V2.Core.Account;
};
export type StripeObjectType = keyof StripeObjects;

/** The lines of an invoice and the items of a subscription, which come inside their parents. */
export type StripeInvoiceLine = Stripe.InvoiceLineItem;
export type StripeSubscriptionItem = Stripe.SubscriptionItem;
/** What was taken back of a transfer, and given back of an application fee, inside those. */
export type StripeTransferReversal = Stripe.TransferReversal;
export type StripeFeeRefund = Stripe.FeeRefund;
