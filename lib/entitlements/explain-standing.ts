import { type EntitledState, type EntitlementRow, stateOf } from "#lib/entitlements/entitlement";

/** Why a tenant may use what it may: since when it is so, until when, and what would change it. */
export type Standing = {
  state: EntitledState;
  /** Stripe's word for the subscription, or `none`. */
  status: string;
  why: string;
  since: Date | null;
  /** When it changes by itself, where it does. */
  until: Date | null;
  /** What mends it, and on which page of the workspace; null where nothing needs mending. */
  mend: { what: string; path: string } | null;
};

type Words = { why: string; mend?: { what: string; path: string }; until?: Date | null };

/** Explains a tenant's standing in words that its own people and systems can act on. */
export function explainStanding(row: EntitlementRow, now: Date): Standing {
  const { why, mend = null, until = null } = wordsOf(row, now);
  const { status, since } = row;
  return { state: stateOf(row, now), status, why, since, until, mend };
}

function wordsOf(row: EntitlementRow, now: Date): Words {
  const { planName: plan, status, graceUntil, endsAt, trialEndsAt } = row;
  const choose = { what: "Choose a plan.", path: billing };
  const pay = { what: "Pay the open invoice.", path: payPath(row) };
  switch (status) {
    case "trialing":
      return { why: `The trial of ${plan} gives all of it.`, until: trialEndsAt };
    case "active":
      return endsAt
        ? { why: `${plan} was cancelled and goes on until it ends.`, until: endsAt, mend: keep }
        : { why: `${plan} is paid for.` };
    case "past_due":
      return stateOf(row, now) === "grace"
        ? {
            why: `A payment for ${plan} failed. Everything goes on for some days.`,
            until: graceUntil,
            mend: pay,
          }
        : { why: `A payment for ${plan} failed, and the days of grace are over.`, mend: pay };
    case "unpaid":
      return { why: `${plan} was not paid for, and Stripe has given up trying.`, mend: pay };
    case "paused":
      return { why: `${plan} is paused.`, mend: { what: "Resume the plan.", path: billing } };
    case "canceled":
      return { why: "The plan has ended.", mend: choose };
    case "incomplete":
      return { why: "The first payment has not arrived.", mend: pay };
    default:
      return {
        why: `There is no paid plan: ${plan || "Free"} is what everyone has.`,
        mend: choose,
      };
  }
}

const billing = "/billing";
const keep = { what: "Keep the plan.", path: billing };

function payPath({ invoiceId }: EntitlementRow): string {
  return invoiceId ? `/invoices/${invoiceId}` : billing;
}
