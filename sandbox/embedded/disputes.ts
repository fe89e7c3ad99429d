import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import { type Act, allows, type Component, linkTo, type Visit } from "#sandbox/embedded/component";
import { pageWhere } from "#sandbox/embedded/page-where";
import {
  actForm,
  amount,
  choice,
  day,
  facts,
  field,
  moment,
  pager,
  state,
  table,
} from "#sandbox/embedded/parts";
import { chargeNamed, methodOf, payerOf } from "#sandbox/embedded/payment-facts";
import { keepFile } from "#sandbox/reporting/keep-file";
import type { ObjectOf } from "#sandbox/store/kinds";

type Dispute = ObjectOf<"dispute">;

const texts = [
  ["customer_name", "Customer's name"],
  ["customer_email_address", "Customer's email"],
  ["product_description", "What was sold"],
  ["service_date", "When it was provided"],
  ["shipping_carrier", "Carrier"],
  ["shipping_tracking_number", "Tracking number"],
  ["refund_policy_disclosure", "How the refund policy was shown"],
  ["uncategorized_text", "Anything else the bank should know"],
] as const;
const files = [
  ["receipt", "Receipt"],
  ["customer_communication", "What was written with the customer"],
  ["uncategorized_file", "Another document"],
] as const;

/** What can be done with a dispute. Evidence is submitted once. */
export const disputeActs = {
  answer: {
    feature: "dispute_management",
    run({ world }, form) {
      const { dispute = "", submit } = form;
      const written = texts.flatMap(([name]) => (form[name] ? [[name, form[name]]] : []));
      const kept = files.flatMap(([name]) => {
        const sent = form[name];
        if (!sent) return [];
        const { name: filename, contentType, base64 } = JSON.parse(sent) as Upload;
        const facts = { filename, purpose: "dispute_evidence" as const, contentType, base64 };
        return [[name, keepFile(world, facts).id]];
      });
      const sent = {
        evidence: Object.fromEntries([...written, ...kept]),
        submit: submit === "yes",
      };
      callRoute(world, "POST /v1/disputes/:id", sent, { id: dispute });
      return submit === "yes"
        ? { said: "The evidence is submitted. The bank decides now." }
        : { said: "Saved. Nothing is submitted yet." };
    },
  },
  accept: {
    feature: "dispute_management",
    run({ world }, { dispute = "" }) {
      callRoute(world, "POST /v1/disputes/:id/close", {}, { id: dispute });
      return { said: "The dispute is accepted and over." };
    },
  },
} satisfies Record<string, Act>;

interface Upload {
  name: string;
  contentType: string;
  base64: string;
}

/** `disputes-list`: what cardholders' banks took back, soonest deadline in view. */
export const disputesList: Component = {
  view(visit) {
    const open = visit.world.find("dispute", visit.query.dispute ?? "")?.object;
    if (open === undefined) return { title: "Disputes", body: listView(visit) };
    const back = linkTo(visit, { dispute: null });
    const body = html`<p><a href="${back}">← All disputes</a></p>${disputeView(visit, open)}`;
    return { title: "Dispute", body };
  },
  acts: disputeActs,
};

/** `payment-disputes`: the disputes of one payment, to be answered where the payment is shown. */
export const paymentDisputes: Component = {
  view(visit) {
    const charge = chargeNamed(visit.world, visit.query.payment);
    const disputes = charge === undefined ? [] : visit.world.list("dispute", { parent: charge.id });
    const total = disputes.length;
    return {
      title: "Disputes of this payment",
      body: total === 0 ? html`` : html`${disputesOf(visit, charge?.id ?? "")}`,
      events: [["DisputesLoaded", { total }]],
    };
  },
  acts: disputeActs,
};

/** The disputes of a charge, whole. */
export function disputesOf(visit: Visit, charge: string) {
  const rows = visit.world.list("dispute", { parent: charge });
  return html`${rows.map(({ object }) => disputeView(visit, object))}`;
}

function listView(visit: Visit) {
  const { status = "", after } = visit.query;
  const fits = ({ object }: { object: Dispute }) =>
    status === "" || object.status.endsWith("needs_response") === (status === "open");
  const page = pageWhere(visit.world, "dispute", after, fits);
  return html`
    <form method="get" class="filters" action="${visit.path}">
      ${choice(
        "status",
        "Show",
        [
          ["", "All"],
          ["open", "To be answered"],
          ["over", "Others"],
        ],
        status,
      )}
      <button type="submit" class="quiet">Filter</button>
    </form>
    ${table<Dispute>(
      "Disputes",
      [
        {
          header: "Amount",
          isNumber: true,
          cell: ({ id, amount: minor, currency }) =>
            html`<a href="${linkTo(visit, { dispute: id })}">${amount(minor, currency)}</a>`,
        },
        { header: "Status", cell: ({ status: word }) => state(word) },
        { header: "Reason", cell: ({ reason }) => reason.replaceAll("_", " ") },
        { header: "Answer by", cell: (dispute) => (isOpen(dispute) ? day(dueBy(dispute)) : "—") },
        { header: "Opened", cell: ({ created }) => day(created) },
      ],
      page.rows.map(({ object }) => object),
      "No disputes. If a customer's bank questions a payment, it appears here.",
    )}
    ${pager(visit, page)}
  `;
}

function disputeView(visit: Visit, dispute: Dispute) {
  const charge = chargeNamed(visit.world, String(dispute.charge));
  const cost = dispute.balance_transactions.reduce((sum, { fee }) => sum + fee, 0);
  return html`<section class="card" aria-label="Dispute">
    <div class="row">
      <h2>${amount(dispute.amount, dispute.currency)} disputed</h2>
      ${state(dispute.status)}
    </div>
    ${facts([
      ["Reason", dispute.reason.replaceAll("_", " ")],
      ["Answer by", isOpen(dispute) ? moment(dueBy(dispute)) : null],
      ["Customer", charge && payerOf(visit.world, charge)],
      ["Method", charge && methodOf(charge)],
      ["Dispute fee", cost === 0 ? null : amount(cost, dispute.currency)],
      ["Evidence", dispute.evidence_details.has_evidence ? evidenceOf(dispute) : null],
    ])}
    ${isOpen(dispute) ? html`<div class="actions">${answerForms(visit, dispute)}</div>` : ""}
  </section>`;
}

function evidenceOf({ evidence, evidence_details: details }: Dispute): string {
  const given = [...texts, ...files].filter(([name]) => evidence[name]).map(([, label]) => label);
  const when = details.submission_count > 0 ? "submitted" : "saved, not submitted";
  return `${given.join(", ") || "Given"} (${when})`;
}

function answerForms(visit: Visit, dispute: Dispute) {
  if (!allows(visit, "dispute_management")) return "";
  const hidden = html`<input type="hidden" name="dispute" value="${dispute.id}" />`;
  return html`
    <details>
      <summary class="button">Answer…</summary>
      <form
        method="post"
        enctype="multipart/form-data"
        action="${linkTo(visit, { act: "answer" })}"
      >
        ${hidden}
        ${texts.map(([name, label]) =>
          field(name, label, {
            value: String(dispute.evidence[name] ?? ""),
            isOptional: true,
            ...(name === "uncategorized_text" ? { type: "textarea" } : {}),
          }),
        )}
        ${files.map(([name, label]) => field(name, label, { type: "file", isOptional: true }))}
        <p class="soft">Evidence is submitted once; the bank sees no more after that.</p>
        <div class="actions">
          <button type="submit" name="submit" value="yes">Submit evidence</button>
          <button type="submit" name="submit" value="no" class="quiet">Save for later</button>
        </div>
      </form>
    </details>
    ${actForm(visit, "accept", disputeActs.accept, {
      opener: "Accept…",
      label: "Accept the dispute",
      tone: "danger",
      fields: html`${hidden}
        <p>The customer keeps ${amount(dispute.amount, dispute.currency)}. This is final.</p>`,
    })}
  `;
}

function isOpen({ status }: Dispute): boolean {
  return status.endsWith("needs_response");
}

function dueBy({ evidence_details: details }: Dispute): number | null {
  return details.due_by;
}
