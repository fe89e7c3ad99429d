import { type Profile, profiles } from "#lib/connect/profile";
import type { StripeObjects } from "#lib/stripe/object-types";

export type V2Account = StripeObjects["v2.core.account"];
type Entry = NonNullable<NonNullable<V2Account["requirements"]>["entries"]>[number];
type Future = NonNullable<NonNullable<V2Account["future_requirements"]>["entries"]>[number];
export type Due = "past_due" | "currently_due" | "eventually_due";

/** One thing Stripe must know. */
export type Requirement = {
  /** Stripe's name of it, such as `identity.business_details.registered_name`. */
  description: string;
  /** The person or bank account it is about, where it is about one. */
  resource: string | null;
  due: Due;
  /** Who has to do something: the tenant, or Stripe, which is looking. */
  awaits: "user" | "stripe";
  /** What stops without it, and when. */
  stops: { capability: string; due: Due }[];
  /** What was wrong with what was given, in Stripe's words. */
  errors: { code: string; description: string }[];
  reasons: string[];
  /** It will be asked by a rule that is not in force yet. */
  isFuture: boolean;
};

export type CapabilityState = {
  name: string;
  status: string;
  /** Why it is not active, by Stripe's codes. */
  reasons: string[];
};

/** What an account's object says at one moment. */
export type Standing = {
  isClosed: boolean;
  /** Stripe lets us know of it and act for it. */
  isReachable: boolean;
  /** It was set up to take money, or to be sent some. */
  isConfigured: boolean;
  /** What it was set up for works. */
  isActive: boolean;
  capabilities: CapabilityState[];
  requirements: Requirement[];
  /** The soonest deadline of what is asked now. */
  dueAt: Date | null;
  /** The soonest deadline of what will be asked. */
  futureDueAt: Date | null;
};

const dueOrder = { past_due: 0, currently_due: 1, eventually_due: 2 } as const;

/** Reads what Stripe says of an account. The most urgent requirement is first. */
export function standingOf(account: V2Account): Standing {
  const capabilities = capabilitiesOf(account);
  const requirements = [
    ...(account.requirements?.entries ?? []).map((entry) => requirementOf(entry, false)),
    ...(account.future_requirements?.entries ?? []).map((entry) => requirementOf(entry, true)),
  ].toSorted(byUrgency);
  const isClosed = account.closed ?? false;
  return {
    ...{ isClosed, isReachable: true },
    isConfigured: capabilities.length > 0,
    isActive: !isClosed && needed(capabilities).length > 0 && needed(capabilities).every(isActive),
    capabilities,
    requirements,
    dueAt: timeOf(account.requirements?.summary?.minimum_deadline?.time),
    futureDueAt: timeOf(account.future_requirements?.summary?.minimum_deadline?.time),
  };
}

/** The standing of an account that is out of our reach: as it last was, but asked for nothing. */
export function beyondReach(last: Standing): Standing {
  const { isClosed } = last;
  return { ...last, isReachable: isClosed, isActive: false, requirements: [], dueAt: null };
}

/** True where a person has to give something now, not at some later day. */
export function isAskedNow({ awaits, due, isFuture }: Requirement): boolean {
  return awaits === "user" && due !== "eventually_due" && !isFuture;
}

/** The profile an account was made with, where it is one of ours. */
export function profileOf(account: V2Account): keyof typeof profiles | null {
  const { dashboard } = account;
  const found = Object.entries(profiles).find(([, one]: [string, Profile]) => {
    return one.dashboard === dashboard;
  });
  return (found?.[0] as keyof typeof profiles | undefined) ?? null;
}

/** Money is taken by these; other ways to pay may stop without stopping the account. */
const essential = ["card_payments", "stripe_balance.stripe_transfers", "stripe_balance.payouts"];
const needed = (all: readonly CapabilityState[]) =>
  all.filter((one) => essential.includes(one.name) && !isUnsupported(one));
/** Stripe has it for no business of this kind or place, so it is waited for in vain. */
export const isUnsupported = ({ status }: CapabilityState) => status === "unsupported";
const isActive = ({ status }: CapabilityState) => status === "active";

type State = { status?: string; status_details?: { code: string }[] };

function capabilitiesOf({ configuration }: V2Account): CapabilityState[] {
  const { merchant, recipient } = configuration ?? {};
  return [...statesIn(merchant?.capabilities), ...statesIn(recipient?.capabilities)];
}

/** Capabilities are named by their path: those of a balance are one level further down. */
function statesIn(capabilities: object | undefined, path = ""): CapabilityState[] {
  return Object.entries(capabilities ?? {}).flatMap(([key, value]: [string, State | null]) => {
    if (value === null || typeof value !== "object") return [];
    const name = path + key;
    if (typeof value.status !== "string") return statesIn(value, `${name}.`);
    const reasons = (value.status_details ?? []).map(({ code }) => code);
    return [{ name, status: value.status, reasons }];
  });
}

function requirementOf(entry: Entry | Future, isFuture: boolean): Requirement {
  return {
    description: entry.description,
    resource: entry.reference?.resource ?? entry.reference?.inquiry ?? null,
    due: dueOf(entry.minimum_deadline.status),
    awaits: entry.awaiting_action_from === "stripe" ? "stripe" : "user",
    stops: (entry.impact.restricts_capabilities ?? []).map(({ capability, deadline }) => {
      return { capability, due: dueOf(deadline.status) };
    }),
    errors: entry.errors.map(({ code, description }) => ({ code, description })),
    reasons: entry.requested_reasons.map(({ code }) => code),
    isFuture,
  };
}

/** What Stripe may yet invent is urgent until we know it. */
function dueOf(status: string): Due {
  return status in dueOrder ? (status as Due) : "currently_due";
}

function byUrgency(left: Requirement, right: Requirement): number {
  return (
    Number(left.isFuture) - Number(right.isFuture) ||
    dueOrder[left.due] - dueOrder[right.due] ||
    Number(left.awaits === "stripe") - Number(right.awaits === "stripe")
  );
}

function timeOf(time: string | undefined): Date | null {
  return time === undefined ? null : new Date(time);
}
