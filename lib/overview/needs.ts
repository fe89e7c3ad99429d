import type { InvoiceSummary } from "#lib/billing/invoice";
import type { SubscriptionView } from "#lib/billing/subscription";
import { formatMoney } from "#lib/money/format-money";
import { type ConnectState, connectNeeds } from "#lib/overview/connect-needs";

/** One thing that asks for a person: what it is, what breaks, and the one step that mends it. */
export type Need = {
  kind:
    | "past_due"
    | "change_unpaid"
    | "seats_over"
    | "dispute_waiting"
    | "trial_ending"
    | "verify_email"
    | "checkout_unfinished"
    | "ending"
    | "payments_disconnected"
    | "payments_held"
    | "payouts_held"
    | "payments_restricted"
    | "requirements_due"
    | "onboarding_open"
    | "confirm_details"
    | "choose_plan";
  tone: "danger" | "warning" | "info";
  title: string;
  detail: string;
  action: { label: string; href: string };
  /** By when, where there is a deadline. */
  by: Date | null;
};

type State = {
  slug: string;
  isVerified: boolean;
  maySeeMoney: boolean;
  subscription: SubscriptionView | null;
  openInvoice: InvoiceSummary | null;
  checkout: { planName: string; expiresAt: Date | null } | null;
  /** A change that waits until its invoice is paid. */
  unpaid: { payUntil: Date | null } | null;
  /** More seats taken than paid for, where the reader may do something about it. */
  over: { count: number; until: Date | null } | null;
  /** When a trial ends, where that is soon. */
  trialEndsAt: Date | null;
  /** Disputes that wait for an answer, where the reader may give one. */
  disputes: { count: number; dueAt: Date | null } | null;
  /** The payments account, where there is one and the reader may see it. */
  connect: ConnectState;
};

/** How long before its end a trial asks for someone. */
export const trialAsksDays = 7;

/** What needs someone in a workspace, most urgent first. */
export function needsOf(state: State): Need[] {
  const ofPayments = connectNeeds(state.connect, state.slug);
  const needs: (Need | undefined)[] = [
    pastDue(state),
    ...ofPayments.filter(({ tone }) => tone === "danger"),
    disputeWaiting(state),
    changeUnpaid(state),
    seatsOver(state),
    unfinishedCheckout(state),
    ending(state),
    trialEnding(state),
    ...ofPayments.filter(({ tone }) => tone !== "danger"),
    state.isVerified ? undefined : verifyEmail,
    choosePlan(state),
  ];
  return needs.filter((need) => need !== undefined);
}

const verifyEmail: Need = {
  kind: "verify_email",
  tone: "info",
  title: "Confirm your e-mail address",
  detail: "Open the link in the mail we sent you. Invoices and resets go to this address.",
  action: { label: "Send the link again", href: "/account" },
  by: null,
};

function disputeWaiting({ disputes, slug }: State): Need | undefined {
  if (!disputes || disputes.count === 0) return undefined;
  return {
    kind: "dispute_waiting",
    tone: "danger",
    title: "A customer's bank waits for your answer",
    detail: "What is not answered by its deadline is lost.",
    action: { label: "See the disputes", href: `/${slug}/disputes?state=open` },
    by: disputes.dueAt,
  };
}

function pastDue({ maySeeMoney, subscription, openInvoice, slug }: State): Need | undefined {
  if (!maySeeMoney || !subscription) return undefined;
  if (subscription.status !== "past_due" && subscription.status !== "unpaid") return undefined;
  const due = openInvoice ? `${formatMoney(openInvoice.amountDue)} is open. ` : "";
  return {
    kind: "past_due",
    tone: "danger",
    title: "A payment failed",
    detail: `${due}The plan goes on for now; it ends if the payment keeps failing.`,
    action: openInvoice
      ? { label: "See the invoice", href: `/${slug}/invoices/${openInvoice.id}` }
      : { label: "See billing", href: `/${slug}/billing` },
    by: openInvoice?.dueAt ?? null,
  };
}

function changeUnpaid({ maySeeMoney, unpaid, slug }: State): Need | undefined {
  if (!maySeeMoney || !unpaid) return undefined;
  return {
    kind: "change_unpaid",
    tone: "warning",
    title: "A change of your plan waits for its payment",
    detail: "The plan stays as it is until then. If your bank asks you to confirm, do it there.",
    action: { label: "Pay and finish", href: `/${slug}/billing` },
    by: unpaid.payUntil,
  };
}

function seatsOver({ over, slug }: State): Need | undefined {
  if (!over) return undefined;
  return {
    kind: "seats_over",
    tone: "warning",
    title: "More seats are taken than paid for",
    detail: `Add or free ${over.count}, or the newest lose theirs.`,
    action: { label: "See the team", href: `/${slug}/team` },
    by: over.until,
  };
}

function trialEnding({ maySeeMoney, subscription, trialEndsAt, slug }: State): Need | undefined {
  if (!maySeeMoney || !trialEndsAt || subscription?.cancelAt) return undefined;
  return {
    kind: "trial_ending",
    tone: "info",
    title: "Your trial is about to end",
    detail: "From then on the plan is charged. Without a way to pay it stops.",
    action: { label: "See how it is paid", href: `/${slug}/billing/payment` },
    by: trialEndsAt,
  };
}

function unfinishedCheckout({ maySeeMoney, checkout, slug }: State): Need | undefined {
  if (!maySeeMoney || !checkout) return undefined;
  return {
    kind: "checkout_unfinished",
    tone: "warning",
    title: `Finish choosing ${checkout.planName}`,
    detail: "The payment page is still open. Nothing was charged.",
    action: { label: "Continue", href: `/${slug}/billing` },
    by: checkout.expiresAt,
  };
}

function ending({ maySeeMoney, subscription, slug }: State): Need | undefined {
  if (!maySeeMoney || !subscription?.cancelAt) return undefined;
  return {
    kind: "ending",
    tone: "warning",
    title: "Your plan is ending",
    detail: "The workspace moves to Free after that. Nothing is deleted.",
    action: { label: "See billing", href: `/${slug}/billing` },
    by: subscription.cancelAt,
  };
}

function choosePlan({ maySeeMoney, subscription, checkout, slug }: State): Need | undefined {
  if (!maySeeMoney || subscription || checkout) return undefined;
  return {
    kind: "choose_plan",
    tone: "info",
    title: "You are on Free",
    detail: "Choose a plan when you need more.",
    action: { label: "Compare plans", href: `/${slug}/billing` },
    by: null,
  };
}
