import { phrasesOf } from "#lib/connect/requirement-words";
import { isAskedNow, type Standing } from "#lib/connect/standing";
import type { StripesEvent } from "#lib/connect/status";

/** Why a person's own first steps were taken. */
export const created = "The account was set up to take payments.";
export const begun = "Onboarding was opened.";

/** Why Stripe's word led to each step, for whoever reads the timeline. */
export const causes: Record<StripesEvent, (standing: Standing) => string> = {
  create: () => created,
  submit: () => "Everything Stripe asks for now was given.",
  ask: ({ requirements }) => `Stripe asks for ${namesIn(requirements.filter(isAskedNow))}.`,
  activate: () => "Stripe activated what the account needs to take payments.",
  restrict: ({ capabilities, requirements }) => {
    const stopped = capabilities.filter(({ status }) => status !== "active");
    const overdue = requirements.filter(({ due, isFuture }) => due === "past_due" && !isFuture);
    const missing = overdue.length > 0 ? ` Overdue: ${namesIn(overdue)}.` : "";
    return `Stripe stopped ${stopped.map(({ name }) => name).join(", ")}.${missing}`;
  },
  suspend: () => "A hold of the platform's stands.",
  disconnect: () => "The platform's access to the account was taken away at Stripe.",
  reconnect: () => "The account was connected to the platform again.",
  close: () => "The account was closed at Stripe.",
};

function namesIn(requirements: readonly { description: string }[]): string {
  return phrasesOf(requirements.map(({ description }) => description)).join(", ");
}
