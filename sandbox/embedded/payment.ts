import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import {
  type Act,
  allows,
  type Component,
  type View,
  type Visit,
} from "#sandbox/embedded/component";
import { disputeActs, disputesOf } from "#sandbox/embedded/disputes";
import {
  actForm,
  amount,
  choice,
  day,
  facts,
  field,
  moment,
  state,
  table,
} from "#sandbox/embedded/parts";
import { chargeNamed, methodOf, payerOf, standingOf } from "#sandbox/embedded/payment-facts";
import { exponentOf, majorOf } from "#sandbox/money/currency";
import { parseDecimal } from "#sandbox/money/rational";
import { invalidRequest } from "#sandbox/protocol/errors";
import type { ObjectOf } from "#sandbox/store/kinds";

type Charge = ObjectOf<"charge">;

/** What can be done with a payment. Each goes through the API's own handler. */
export const paymentActs = {
  refund: {
    feature: "refund_management",
    run({ world }, { charge = "", refund_amount: asked = "", reason = "", fee }) {
      const { currency } = chargeOf(world, charge);
      callRoute(world, "POST /v1/refunds", {
        charge,
        amount: minorOf(asked, currency),
        ...(reason === "" ? {} : { reason }),
        ...(fee === "yes" ? { refund_application_fee: true } : {}),
      });
      return { said: `Refunded ${asked} ${currency.toUpperCase()}.` };
    },
  },
  capture: {
    feature: "capture_payments",
    run({ world }, { intent = "", capture_amount: asked = "" }) {
      const { currency } = callRoute<{ currency: string }>(
        world,
        "GET /v1/payment_intents/:id",
        {},
        { id: intent },
      );
      const sent = { amount_to_capture: minorOf(asked, currency) };
      callRoute(world, "POST /v1/payment_intents/:id/capture", sent, { id: intent });
      return { said: `Captured ${asked} ${currency.toUpperCase()}.` };
    },
  },
  cancel: {
    feature: "capture_payments",
    run({ world }, { intent = "" }) {
      callRoute(world, "POST /v1/payment_intents/:id/cancel", {}, { id: intent });
      return { said: "The payment is canceled and its hold released." };
    },
  },
  ...disputeActs,
} satisfies Record<string, Act>;

/** `payment-details`: one payment, named by its charge or its intent. */
export const paymentDetails: Component = {
  view(visit) {
    const charge = chargeNamed(visit.world, visit.query.payment);
    if (charge !== undefined) return paymentView(visit, charge);
    const body = html`<p class="empty">No such payment in this account.</p>`;
    return { title: "Payment", body };
  },
  acts: paymentActs,
};

/** All there is to see of a payment. */
export function paymentView(visit: Visit, charge: Charge, back?: string): View {
  const refunds = visit.world.list("refund", { parent: charge.id }).map(({ object }) => object);
  const disputes = disputesOf(visit, charge.id);
  return {
    title: `Payment of ${amount(charge.amount, charge.currency)}`,
    body: html`
      ${back === undefined ? "" : html`<p><a href="${back}">← All payments</a></p>`}
      <div class="row">
        <p class="big">${amount(charge.amount, charge.currency)}</p>
        ${state(standingOf(charge))}
      </div>
      <div class="actions">${actionsOf(visit, charge)}</div>
      ${factsOf(visit, charge)}
      ${disputes}
      ${
        refunds.length === 0
          ? ""
          : html`<h2>Refunds</h2>
            ${table(
              "Refunds",
              [
                {
                  header: "Amount",
                  isNumber: true,
                  cell: (each) => amount(each.amount, each.currency),
                },
                { header: "Status", cell: (each) => state(each.status ?? "pending") },
                { header: "Reason", cell: (each) => (each.reason ?? "—").replaceAll("_", " ") },
                { header: "Date", cell: (each) => day(each.created) },
              ],
              refunds,
              "",
            )}`
      }
    `,
  };
}

function factsOf({ world }: Visit, charge: Charge) {
  const ledger = world.find("balance_transaction", charge.balance_transaction ?? "")?.object;
  return facts([
    ["Customer", payerOf(world, charge)],
    ["Method", methodOf(charge)],
    ["Date", moment(charge.created)],
    ["Description", charge.description],
    ["Fees", ledger && amount(ledger.fee, ledger.currency)],
    ["Net", ledger && amount(ledger.net, ledger.currency)],
    ["Available", ledger && day(ledger.available_on)],
    [
      "Application fee",
      charge.application_fee_amount ? amount(charge.application_fee_amount, charge.currency) : null,
    ],
    ["Why it failed", charge.failure_message],
    ["Payment", html`<span class="code">${charge.payment_intent ?? charge.id}</span>`],
    ["Charge", html`<span class="code">${charge.id}</span>`],
  ]);
}

function actionsOf(visit: Visit, charge: Charge) {
  const left = charge.amount_captured - charge.amount_refunded;
  const isWhole = charge.captured && charge.paid && !charge.disputed;
  const canRefund = isWhole && left > 0 && charge.payment_method !== null;
  const intent = charge.payment_intent;
  const isHeld = charge.paid && !charge.captured && !charge.refunded && intent !== null;
  return html`
    ${canRefund ? refundForm(visit, charge, left) : ""}
    ${isHeld ? captureForms(visit, charge, intent) : ""}
  `;
}

function refundForm(visit: Visit, charge: Charge, left: number) {
  return actForm(visit, "refund", paymentActs.refund, {
    opener: "Refund…",
    label: "Refund",
    fields: html`
      <input type="hidden" name="charge" value="${charge.id}" />
      ${field("refund_amount", `Amount in ${charge.currency.toUpperCase()}`, {
        value: majorOf(left, charge.currency),
        type: "number",
        hint: `Up to ${amount(left, charge.currency)}. Stripe's fee is not given back.`,
      })}
      ${choice("reason", "Reason", [
        ["", "None"],
        ["requested_by_customer", "The customer asked"],
        ["duplicate", "Duplicate"],
        ["fraudulent", "Fraudulent"],
      ])}
      ${
        charge.application_fee === null
          ? ""
          : html`<label class="check">
              <input type="checkbox" name="fee" value="yes" /> Give the application fee back too
            </label>`
      }
    `,
  });
}

function captureForms(visit: Visit, charge: Charge, intent: string) {
  if (!allows(visit, "capture_payments")) return "";
  const hidden = html`<input type="hidden" name="intent" value="${intent}" />`;
  return html`
    ${actForm(visit, "capture", paymentActs.capture, {
      opener: "Capture…",
      label: "Capture",
      fields: html`${hidden}${field(
        "capture_amount",
        `Amount in ${charge.currency.toUpperCase()}`,
        {
          value: majorOf(charge.amount, charge.currency),
          type: "number",
          hint: "What is not captured is released to the customer.",
        },
      )}`,
    })}
    ${actForm(visit, "cancel", paymentActs.cancel, {
      opener: "Cancel…",
      label: "Cancel the payment",
      tone: "danger",
      fields: html`${hidden}<p>The whole hold is released. This cannot be undone.</p>`,
    })}
  `;
}

function chargeOf(world: Visit["world"], id: string): Charge {
  return callRoute<Charge>(world, "GET /v1/charges/:id", {}, { id });
}

/** What a person typed, in minor units; nothing that is no amount of this currency. */
export function minorOf(typed: string, currency: string): number {
  const places = exponentOf(currency);
  if (!/^\d{1,9}(\.\d+)?$/.test(typed) || (typed.split(".")[1] ?? "").length > places) {
    const form = majorOf(1050, currency);
    throw invalidRequest(
      `"${typed}" is no amount of ${currency.toUpperCase()}. Write it as ${form}.`,
    );
  }
  const { over, under } = parseDecimal(typed);
  return Number((over * 10n ** BigInt(places)) / under);
}
