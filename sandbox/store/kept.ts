import type Stripe from "stripe";
import type { Stored } from "#sandbox/store/wire";

/** An event as it is kept: a snapshot, whatever it is about. */
export interface KeptEvent {
  id: string;
  object: "event";
  account?: string;
  api_version: string | null;
  created: number;
  data: { object: unknown; previous_attributes?: unknown };
  livemode: boolean;
  pending_webhooks: number;
  request: { id: string | null; idempotency_key: string | null };
  type: Stripe.Event["type"];
}

/** A thin event: what happened to which object, and where to read it. */
export interface KeptThinEvent {
  id: string;
  object: "v2.core.event";
  context?: string;
  created: string;
  livemode: boolean;
  reason?: { type: "request"; request: { id: string; idempotency_key: string } };
  related_object?: { id?: string; type: string; url: string };
  /** What is read with the event and not sent with its notification. */
  data?: unknown;
  snapshot_event?: string;
  type: string;
}

/** The number stays in the local Stripe; every behaviour of a test card follows from it. */
export interface CardSecrets {
  number: string;
  /** Set once its holder passed a challenge, so later off-session payments need none. */
  isAuthenticated: boolean;
  /** Without a customer a payment method is used once. */
  isUsed?: boolean;
  /** Taken from its customer, it is used no more and attached to no other. */
  isDetached?: boolean;
  /** How often its holder has told its small deposits wrongly. */
  depositTries?: number;
  /** The mandate a bank account is debited under. */
  mandate?: string;
}

/** What a period of an item was last billed at is what a change credits, whatever it is now. */
export interface ItemSecrets {
  /** For its whole period, from its start to its end. */
  debitedMinor: string;
  /** Until when that is paid for, if its subscription ends before the period does. */
  paidUntil?: number;
  /** Since when its metered price counts, if that came in the middle of the period. */
  countsFrom?: number;
}

/** One line of a checkout: what is bought, and how many of it its payer may choose. */
export interface CheckoutItem {
  price: string;
  quantity?: number;
  adjustable?: { minimum: number; maximum: number } | undefined;
  tax_rates?: string[];
}

/** What a payer told a checkout besides how they pay. */
export interface CollectedDetails {
  address?: Stored<Stripe.Address> | null;
  phone?: string | null;
  taxIds?: { type: string; value: string }[];
  custom?: Record<string, string>;
  acceptsTerms?: boolean;
  wantsNews?: boolean;
}

/** What Checkout will make of its subscription once it is paid. */
export interface CheckoutSecrets {
  items: CheckoutItem[];
  subscription: {
    anchor?: number;
    description?: string;
    fields?: Partial<Stored<Stripe.Subscription>>;
    metadata?: Record<string, string>;
    missingMethod?: "cancel" | "create_invoice" | "pause";
    prorates?: boolean;
    trialDays?: number;
    trialEnd?: number;
  };
  /** What of its customer the checkout may change. */
  updates?: { address?: "auto" | "never"; name?: "auto" | "never" };
  collected?: CollectedDetails;
  /** What a payment made once is made with, and the intent it is made by. */
  payment?: {
    terms: Partial<Stored<Stripe.PaymentIntent>>;
    description: string | null;
    metadata: Record<string, string>;
    intent?: string;
  };
  /** The payment method whose holder is being challenged. */
  challenged?: string;
}

/** Whom a usage alert has warned about already: it fires once for each. */
export interface MeteredAlert {
  triggeredFor: string[];
  createdAt: number;
}

/** What the portal shows next, once its holder has done something. */
export interface PortalSecrets {
  expiresAt: number;
}

/** How long each phase of a schedule lasts, as it was sent. */
export interface ScheduleSecrets {
  /** The place of the phase that has begun; -1 before the first. */
  begun: number;
  /** The end that was warned of. */
  warnedOf?: number;
}

/** Which funds a ledger row is of, and the automatic payout that paid it out. */
export interface LedgerSecrets {
  sourceType?: "bank_account" | "card";
  payout?: string;
}

/** The account number behind a bank account, a debit card or the token of one. */
export interface BankSecrets {
  number: string;
}

/** How this namespace departs from Stripe's ordinary ways, on demand. */
export interface LocalSettings {
  id: "settings";
  object: "local.settings";
  /** Seconds from a charge to its ledger row. Nothing waits by default. */
  balance_transaction_delay_seconds: number;
  /** Seconds from a meter event to its counting. */
  meter_event_delay_seconds?: number;
  /** What Stripe takes, by the country of the merchant. */
  fees: Record<string, { percent: string; fixed_minor: number }>;
  /** The one currency every balance is kept in, and what a whole unit of others buys of it. */
  settlement?: { currency: string; rates: Record<string, string> };
  /** What the account is enrolled in to keep disputes from being made. */
  dispute_prevention?: { deflection?: boolean; resolution?: boolean };
  /** What Radar does beyond what no account can turn off. */
  radar?: { rules: RadarRule[] };
}

/** What is known of a dispute and shown to nobody. */
export interface DisputeSecrets {
  /** Stripe has evidence to answer it with. */
  isSmart?: true;
  /** What a network takes for a case was paid, and comes back with what is won. */
  paidNetworkFee?: true;
}

/** What an account can have Radar do: https://docs.stripe.com/radar/risk-settings */
export const radarRules = [
  "block_dynamic_risk_threshold",
  "block_failed_cvc",
  "block_failed_postal_code",
  "block_free_trial_abuse",
  "block_high_early_fraud_warning_score",
  "block_high_fraud_dispute_score",
  "request_adaptive_3ds",
] as const;
export type RadarRule = (typeof radarRules)[number];

/** An account session in use: what its frames may show and do, until it ends. */
export interface LocalFrame {
  id: string;
  object: "local.frame";
  account: string;
  components: Record<string, { enabled: boolean; features: Record<string, boolean> }>;
  expires_at: number;
  token: string;
}

/** A link to an account's Express Dashboard. Stripe's own has no id. */
export interface LocalLoginLink {
  id: string;
  object: "local.login_link";
  account: string;
  created: number;
  url: string;
}

/** One thing more that Stripe asks: by when, and what was wrong with what was given. */
export interface Demand {
  description: string;
  deadline: number | null;
  error?: string;
}

/** What Stripe has asked of an account, beyond what anyone is asked for at the start. */
export interface AccountSecrets {
  /** It went through onboarding, so nothing of the start is asked for again. */
  isOnboarded?: boolean;
  demands?: Demand[];
  /** Its owner took the platform's access to it away. */
  isDeauthorized?: boolean;
}

/** What is in a file, and what it is served as. */
export interface FileSecrets {
  base64: string;
  contentType: string;
}
