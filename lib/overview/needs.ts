import type { InvoiceSummary } from "#lib/billing/invoice";
import type { SubscriptionView } from "#lib/billing/subscription";
import { formatMoney } from "#lib/money/format-money";

/** One thing that asks for a person: what it is, what breaks, and the one step that mends it. */
export type Need = {
  kind: "past_due" | "verify_email" | "checkout_unfinished" | "ending" | "choose_plan";
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
};

/** What needs someone in a workspace, most urgent first. */
export function needsOf(state: State): Need[] {
  const needs: (Need | undefined)[] = [
    pastDue(state),
    unfinishedCheckout(state),
    ending(state),
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
