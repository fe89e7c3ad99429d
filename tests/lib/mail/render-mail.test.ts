import { beforeAll, expect, test } from "vitest";
import type { MailData, MailTemplate } from "#lib/mail/mail";
import { renderMail } from "#lib/mail/render-mail";
import { setEnvironment } from "#tests/support/environment";

beforeAll(() => setEnvironment({}));

const examples: { [T in MailTemplate]: MailData[T] } = {
  "verify-email": { name: "Ada", path: "/verify-email?token=abc" },
  "reset-password": { name: "Ada", path: "/reset-password?token=abc" },
  "password-changed": { name: "Ada", at: "2026-11-20T10:00:00.000Z", ip: "203.0.113.9" },
  invitation: { inviter: "Ada", tenant: "Northbeam", role: "finance", path: "/invitations/abc" },
  "plan-active": { tenant: "Northbeam", plan: "Pro", path: "/northbeam/billing" },
  "plan-changed": {
    ...{ tenant: "Northbeam", heading: "Your plan is paused", line: "Nothing is charged." },
    ...{ action: "See billing", path: "/northbeam/billing" },
  },
  "payments-account": {
    ...{ tenant: "Northbeam", heading: "We stopped payouts of Northbeam" },
    ...{ lines: ["Why: a chargeback.", "It goes on."], action: "See it, or appeal" },
    path: "/northbeam/onboarding",
  },
  "payment-received": {
    ...{ tenant: "Acme", amount: "$85.00", number: "ACME-0001" },
    path: "/acme/invoices/in_1",
  },
  "card-expiring": {
    ...{ tenant: "Acme", card: "visa ending in 4242", until: "2026-11" },
    path: "/acme/billing/payment",
  },
  "payment-failed": {
    tenant: "Northbeam",
    amount: "$79.00",
    nextAttemptAt: "2026-11-23T10:00:00.000Z",
    path: "/northbeam/billing",
  },
  "platform-alert": {
    ...{ heading: "A payout failed", tenant: "Northbeam" },
    ...{ line: "The money is back in the balance.", path: "/admin/alerts" },
  },
  "deadline-digest": {
    heading: "2 deadlines are near at Stripe",
    lines: ["Northbeam: card payments stop on 4 January 2027. Missing: the tax id."],
    path: "/admin/attention?kind=requirements_due",
  },
  "dispute-notice": {
    ...{ tenant: "Northbeam", heading: "$49.00 is disputed", line: "Answer by 4 January 2026." },
    ...{ action: "See it and answer", path: "/northbeam/disputes/du_1" },
  },
  "webhook-off": {
    ...{ tenant: "Northbeam", endpoint: "https://hooks.northbeam.example/in", isGone: false },
    path: "/northbeam/developers/endpoints/whe_1",
  },
};
const templates = Object.keys(examples) as MailTemplate[];

test.each(templates)(
  "%s has a subject, an HTML body and a plain twin that says the same",
  async (template) => {
    const data = examples[template];
    const { subject, html, text } = await renderMail(template, data);
    expect(subject).not.toBe("");
    expect(html).toMatch(/^<!DOCTYPE html/);
    expect(text).not.toMatch(/<[a-z]/i);
    if ("path" in data) {
      const link = `http://localhost:3000${data.path}`;
      expect(html).toContain(`href="${link}"`);
      expect(text).toContain(link);
    }
  },
);

test("what people typed cannot become markup", async () => {
  const inviter = '<img src=x onerror="alert(1)">';
  const { html } = await renderMail("invitation", { ...examples.invitation, inviter });
  expect(html).not.toContain("<img");
});

test("a subject stays one line", async () => {
  const inviter = "Ada\r\nBcc: everyone@example.com";
  const { subject } = await renderMail("invitation", { ...examples.invitation, inviter });
  expect(subject).not.toMatch(/[\r\n]/);
});
