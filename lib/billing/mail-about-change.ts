import type { ChangeChoice, PlanTerms } from "#lib/billing/change";
import { mailBillingPeople } from "#lib/billing/mail-billing-people";
import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { SubscriptionChange } from "#lib/db/generated/client";

type Words = { heading: string; line: string; isToPay?: true };

/** Writes to a tenant's billing people what became of a change, once for each state it came to. */
export async function mailAboutChange(
  tx: Tx,
  ctx: Context,
  change: SubscriptionChange,
): Promise<void> {
  const words = wordsOf(change);
  if (!words) return;
  const { id, status, tenantId, invoiceId } = change;
  const fact = { kind: "subscription.change", reference: `change:${id}:${status}`, tenantId };
  await mailBillingPeople(tx, ctx, { ...fact, data: {} }, ({ tenant, path }) => ({
    template: "plan-changed",
    data: {
      tenant,
      heading: words.heading,
      line: words.line,
      action: words.isToPay ? "Pay and finish" : "See billing",
      path: words.isToPay && invoiceId ? `${path}/invoices/${invoiceId}` : `${path}/billing`,
    },
  }));
}

/** What is worth a mail, and its words. A failure was told to who asked for it. */
function wordsOf({ status, ...change }: SubscriptionChange): Words | null {
  const choice = change.choice as ChangeChoice;
  if (status === "awaiting_payment") return toPay(change.payUntil);
  // Whoever asked for it has left the page by then.
  if (status === "failed" && change.payUntil) {
    return { heading: "A change of your plan was not made", line: change.error ?? "" };
  }
  if (status === "undone") {
    return { heading: "A planned change was dropped", line: "Your plan stays as it is." };
  }
  if (status === "scheduled" && choice.kind === "plan") {
    const off = choice.code
      ? ` The code ${choice.code.code} is used then: ${choice.code.words}.`
      : "";
    const line = `From ${day(change.effectiveAt)} on it is ${termsOf(choice.to)}.${off}`;
    return { heading: "Your plan changes when its period ends", line };
  }
  return status === "applied" ? applied(choice, change) : null;
}

function toPay(until: Date | null): Words {
  const line = `It stays as it is until the invoice is paid, at the latest on ${day(until)}.`;
  return { heading: "A change of your plan waits for its payment", line, isToPay: true };
}

type When = Pick<SubscriptionChange, "effectiveAt" | "resumesAt">;

function applied(choice: ChangeChoice, { effectiveAt, resumesAt }: When): Words | null {
  switch (choice.kind) {
    case "plan": {
      const off = choice.code
        ? ` ${choice.code.words} came with the code ${choice.code.code}.`
        : "";
      return { heading: "Your plan was changed", line: `It is ${termsOf(choice.to)} now.${off}` };
    }
    case "cancel": {
      const line = `It goes on until ${day(effectiveAt)}; then the workspace moves to Free.`;
      return { heading: "Your plan was canceled", line: `${line} Nothing is deleted.` };
    }
    case "cancel_now": {
      const line = "The workspace is on Free from now on. Nothing was deleted.";
      return { heading: "Your plan has ended", line };
    }
    case "undo_cancel":
      return { heading: "Your plan goes on", line: "It is no longer canceled." };
    case "pause": {
      const until = resumesAt ? `It goes on by itself on ${day(resumesAt)}.` : "";
      const line = `Nothing is charged until it is resumed. ${until}`.trim();
      return { heading: "Your plan is paused", line };
    }
    case "resume":
      return { heading: "Your plan is active again", line: "A new period began." };
    case "discount":
      return choice.words === null
        ? { heading: "A discount was removed", line: "It counts from the next invoice on." }
        : { heading: "A discount was added", line: `${choice.words}, from the next invoice on.` };
  }
}

function termsOf({ planName, interval, seats, addOns }: PlanTerms): string {
  const paid = interval === "year" ? "paid yearly" : "paid monthly";
  const counted = seats === null ? "" : `, ${seats} ${seats === 1 ? "seat" : "seats"}`;
  const beside = addOns.map(({ name, quantity }) => {
    return quantity > 1 ? `, with ${quantity} × ${name}` : `, with ${name}`;
  });
  return `${planName}, ${paid}${counted}${beside.join("")}`;
}

function day(at: Date | null): string {
  if (!at) return "the end of the period";
  return new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" }).format(at);
}
