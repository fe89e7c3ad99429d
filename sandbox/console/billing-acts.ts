import { type Acts, api } from "#sandbox/console/act";
import { moneyText } from "#sandbox/console/words";

/** What a person can do to what is billed, and to what it is billed by. */
export const billingActs: Acts = {
  invoice: [
    {
      name: "finalize",
      label: "Finalize",
      when: ({ status }) => status === "draft",
      effect: () => "Gives the invoice its number. Nothing of it can be changed afterwards.",
      call: (id) => api(`POST /v1/invoices/${id}/finalize`),
    },
    {
      name: "pay",
      label: "Pay",
      when: ({ status }) => ["draft", "open", "uncollectible"].includes(String(status)),
      effect: ({ amount_remaining: due, currency }) =>
        `Tries to take ${moneyText(Number(due), String(currency))} from the customer's default ` +
        "payment method; a draft is finalized first.",
      fields: () => [
        { name: "paid_out_of_band", label: "It was paid elsewhere: take nothing", kind: "check" },
      ],
      call: (id, { paid_out_of_band }) => api(`POST /v1/invoices/${id}/pay`, { paid_out_of_band }),
    },
    {
      name: "void",
      label: "Void",
      isDanger: true,
      when: ({ status }) => status === "open",
      effect: () => "The invoice counts as never sent. This cannot be undone.",
      call: (id) => api(`POST /v1/invoices/${id}/void`),
    },
    {
      name: "uncollectible",
      label: "Mark uncollectible",
      isDanger: true,
      when: ({ status }) => status === "open",
      effect: () => "Gives up on the money. It can still be paid.",
      call: (id) => api(`POST /v1/invoices/${id}/mark_uncollectible`),
    },
    {
      name: "delete",
      label: "Delete the draft",
      isDanger: true,
      leadsTo: "list",
      when: ({ status, parent }) => status === "draft" && parent === null,
      effect: () => "The draft is gone; its items are not billed by another invoice.",
      call: (id) => api(`DELETE /v1/invoices/${id}`),
    },
  ],
  subscription: [
    {
      name: "end",
      label: "Cancel at period end",
      when: ({ status, cancel_at_period_end: ends }) => isLive(status) && ends !== true,
      effect: () => "It runs until the end of what is paid, and is canceled then.",
      call: (id) => api(`POST /v1/subscriptions/${id}`, { cancel_at_period_end: true }),
    },
    {
      name: "keep",
      label: "Do not cancel",
      when: ({ status, cancel_at_period_end: ends }) => isLive(status) && ends === true,
      effect: () => "Takes the cancellation back: it renews as before.",
      call: (id) => api(`POST /v1/subscriptions/${id}`, { cancel_at_period_end: false }),
    },
    {
      name: "cancel",
      label: "Cancel now",
      isDanger: true,
      when: ({ status }) => isLive(status),
      effect: () =>
        "Ends it at once and for good. With proration the unused time becomes a pending credit.",
      fields: () => [{ name: "prorate", label: "Credit the unused time", kind: "check" }],
      call: (id, { prorate }) => api(`DELETE /v1/subscriptions/${id}`, { prorate }),
    },
    {
      name: "trial",
      label: "End the trial",
      when: ({ status }) => status === "trialing",
      effect: () => "Bills the first period now.",
      call: (id) => api(`POST /v1/subscriptions/${id}`, { trial_end: "now" }),
    },
    {
      name: "resume",
      label: "Resume",
      when: ({ status }) => status === "paused",
      effect: () => "Begins a new period now, and bills it.",
      call: (id) => api(`POST /v1/subscriptions/${id}/resume`),
    },
  ],
  subscription_schedule: [
    {
      name: "release",
      label: "Release",
      when: ({ status }) => ["active", "not_started"].includes(String(status)),
      effect: () => "The subscription goes on as it is now; no later phase begins.",
      call: (id) => api(`POST /v1/subscription_schedules/${id}/release`),
    },
    {
      name: "cancel",
      label: "Cancel",
      isDanger: true,
      when: ({ status }) => ["active", "not_started"].includes(String(status)),
      effect: () => "Ends the schedule, and its subscription with it.",
      call: (id) => api(`POST /v1/subscription_schedules/${id}/cancel`),
    },
  ],
  credit_note: [
    {
      name: "void",
      label: "Void",
      isDanger: true,
      when: ({ status }) => status === "issued",
      effect: () => "Takes the credit back from an invoice that is not paid yet.",
      call: (id) => api(`POST /v1/credit_notes/${id}/void`),
    },
  ],
  "test_helpers.test_clock": [
    {
      name: "advance",
      label: "Advance",
      when: ({ status }) => status === "ready",
      effect: () => "Moves its customers alone, running everything of theirs on the way.",
      fields: ({ frozen_time: frozen }) => [
        {
          ...{ name: "to", label: "To (UTC)", kind: "datetime-local" as const, isRequired: true },
          value: new Date((Number(frozen) + 30 * 86_400) * 1000).toISOString().slice(0, 16),
        },
      ],
      call: (id, { to }) =>
        api(`POST /v1/test_helpers/test_clocks/${id}/advance`, { frozen_time: unixFrom(to) }),
    },
    {
      name: "delete",
      label: "Delete",
      isDanger: true,
      leadsTo: "list",
      when: () => true,
      effect: () => "Deletes the clock, its customers and their subscriptions.",
      call: (id) => api(`DELETE /v1/test_helpers/test_clocks/${id}`),
    },
  ],
  customer: [
    {
      name: "delete",
      label: "Delete",
      isDanger: true,
      leadsTo: "list",
      when: ({ deleted }) => deleted !== true,
      effect: () => "Cancels every subscription of this customer at once and hides it from lists.",
      call: (id) => api(`DELETE /v1/customers/${id}`),
    },
  ],
  "billing.meter": [
    {
      name: "deactivate",
      label: "Deactivate",
      when: ({ status }) => status === "active",
      effect: () => "Usage sent from now on is refused.",
      call: (id) => api(`POST /v1/billing/meters/${id}/deactivate`),
    },
    {
      name: "reactivate",
      label: "Reactivate",
      when: ({ status }) => status === "inactive",
      effect: () => "Usage is counted again.",
      call: (id) => api(`POST /v1/billing/meters/${id}/reactivate`),
    },
  ],
};

/** The unix seconds of what a date control holds, read as UTC. */
export function unixFrom(local: string | undefined): number {
  return Math.floor(Date.parse(`${local}Z`) / 1000);
}

function isLive(status: unknown): boolean {
  return ["active", "trialing", "past_due", "unpaid", "paused"].includes(String(status));
}
