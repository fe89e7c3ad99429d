import { collectInvoice } from "#sandbox/billing/collect-invoice";
import { asOfNow, balanceOf } from "#sandbox/payments/balance";
import { declineError, methodNamed } from "#sandbox/payments/card";
import { confirmIntent } from "#sandbox/payments/intent";
import { invalidRequest } from "#sandbox/protocol/errors";
import { boolean, text, unbuilt } from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  pageOf,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { customerFilter } from "#sandbox/resources/customers";
import { show } from "#sandbox/store/views";

const byCustomer = { customer: text, customer_account: text };

/** Payment intents, charges and the ledger they end in. */
export const paymentRoutes: Routes = {
  "GET /v1/payment_intents": listRoute(
    "payment_intent",
    "/v1/payment_intents",
    byCustomer,
    customerFilter,
  ),
  "GET /v1/payment_intents/:id": route({ client_secret: text }, (world, _params, { id }) =>
    show(world, get(world, "payment_intent", id).object),
  ),
  "POST /v1/payment_intents/:id/confirm": route(
    {
      payment_method: text,
      off_session: boolean,
      return_url: unbuilt,
      payment_method_data: unbuilt,
    },
    (world, params, { id }) => {
      const intent = get(world, "payment_intent", id);
      if (["succeeded", "canceled"].includes(intent.object.status)) throw unexpectedState(intent);
      const named = params.payment_method ?? intent.object.payment_method;
      if (named === null) {
        const message =
          "You cannot confirm this PaymentIntent because it's missing a payment method.";
        throw invalidRequest(message, "payment_intent_unexpected_state", "payment_method");
      }
      const method = methodNamed(world, named, "payment_method");
      const session = { isOffSession: params.off_session ?? false, isAuthenticated: false };
      const [payment] = world.list("invoice_payment", { key: intent.object.id });
      const invoice = payment && world.find("invoice", payment.object.invoice);
      const outcome =
        invoice === undefined
          ? confirmIntent(world, intent, method, session)
          : collectInvoice(world, invoice, method, session);
      const after = get(world, "payment_intent", id);
      if (outcome.kind !== "declined") return show(world, after.object);
      throw declineError(outcome.decline, { keepsWrites: true, world, intent: after });
    },
  ),
  "GET /v1/charges": listRoute(
    "charge",
    "/v1/charges",
    { customer: text, payment_intent: text, transfer_group: unbuilt },
    (world, { payment_intent, ...who }) => ({
      ...customerFilter(world, who),
      ...(payment_intent === undefined ? {} : { parent: payment_intent }),
    }),
  ),
  "GET /v1/charges/:id": retrieveRoute("charge"),
  "GET /v1/balance": route({}, (world) => balanceOf(world)),
  "GET /v1/balance_transactions": route(
    {
      ...pagingParams,
      source: text,
      type: text,
      currency: text,
      payout: unbuilt,
      created: unbuilt,
    },
    (world, { source, type, currency, ...paging }) => {
      const query = {
        ...(source === undefined ? {} : { parent: source }),
        ...(type === undefined ? {} : { status: type }),
        ...(currency === undefined ? {} : { key: currency }),
      };
      const url = "/v1/balance_transactions";
      return pageOf(world, url, "balance_transaction", query, paging, ({ object }) =>
        asOfNow(world, object),
      );
    },
  ),
  "GET /v1/balance_transactions/:id": route({}, (world, _params, { id }) =>
    asOfNow(world, get(world, "balance_transaction", id).object),
  ),
};

function unexpectedState({ object }: { object: { status: string } }) {
  const message = `This PaymentIntent's status is ${object.status}; you cannot confirm it.`;
  return invalidRequest(message, "payment_intent_unexpected_state");
}
