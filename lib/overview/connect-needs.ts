import type { Policy } from "#lib/connect/hold-rules";
import { confirmTimes } from "#lib/connect/hold-rules";
import type { ConnectedAccount } from "#lib/db/generated/client";
import type { Need } from "#lib/overview/needs";

type Account = Pick<
  ConnectedAccount,
  "status" | "asked" | "overdue" | "dueAt" | "paymentsHeld" | "payoutsHeld"
> & { activeAt: Date | null; confirmedAt: Date | null };

/** What asks for somebody about the payments account, for whoever may see it. */
export type ConnectState = { account: Account; policy: Policy; now: Date } | null;

/** The most urgent first: what is stopped, what stops by a day, then what waits. */
export function connectNeeds(state: ConnectState, slug: string): Need[] {
  if (!state || state.account.status === "closed") return [];
  const { account, policy, now } = state;
  const { status, asked, overdue, dueAt } = account;
  const isAsked = asked > 0 && status !== "suspended";
  const kinds: [Need["kind"], boolean, Date | null][] = [
    ["payments_disconnected", status === "disconnected", null],
    ["payments_held", account.paymentsHeld, null],
    ["payouts_held", account.payoutsHeld && !account.paymentsHeld, null],
    ["payments_restricted", status === "restricted" || overdue > 0, null],
    ["requirements_due", isAsked && overdue === 0 && status === "active", dueAt],
    ["onboarding_open", isAsked && (status === "created" || status === "onboarding"), dueAt],
    ["confirm_details", confirmBy(account, policy, now) !== null, confirmBy(account, policy, now)],
  ];
  return kinds.filter(([, holds]) => holds).map(([kind, , by]) => needOf(kind, by, slug));
}

function confirmBy({ activeAt, confirmedAt }: Account, policy: Policy, now: Date): Date | null {
  const last = {
    activeAt: activeAt?.toISOString() ?? null,
    confirmedAt: confirmedAt?.toISOString() ?? null,
  };
  const times = confirmTimes(last, policy);
  return times && times.askedAt <= now ? times.stopsAt : null;
}

/** The words of the API; pages have their own in the reader's language. */
const words: Partial<Record<Need["kind"], readonly [Need["tone"], string, string, string]>> = {
  payments_disconnected: [
    ...(["danger", "Your account at Stripe is disconnected"] as const),
    ...(["Nothing is sold or paid out here until it is connected again.", "See how"] as const),
  ],
  payments_held: [
    "danger",
    "We stopped your payments",
    "It says why, and how to appeal.",
    "See why",
  ],
  payouts_held: ["danger", "We stopped your payouts", "It says why, and how to appeal.", "See why"],
  payments_restricted: [
    ...(["danger", "Stripe stopped payments"] as const),
    ...(["Give what it asks for, and they go on.", "See what is asked"] as const),
  ],
  requirements_due: [
    ...(["warning", "Stripe asks for something"] as const),
    ...(["Payments go on until it is due.", "See what is asked"] as const),
  ],
  onboarding_open: [
    ...(["info", "Taking payments is not set up yet"] as const),
    ...(["What you gave is kept; go on where you stopped.", "Go on"] as const),
  ],
  confirm_details: [
    ...(["warning", "Are your details still right?"] as const),
    ...(["Payouts wait after that day until somebody says so.", "Look at them"] as const),
  ],
};

function needOf(kind: Need["kind"], by: Date | null, slug: string): Need {
  const [tone, title, detail, label] = words[kind]!;
  return { kind, tone, title, detail, by, action: { label, href: `/${slug}/onboarding` } };
}
