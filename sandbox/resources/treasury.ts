import { moveFunds } from "#sandbox/banking/move-funds";
import { digitsOf } from "#sandbox/banking/numbers";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  byKey,
  integer,
  listOf,
  metadata,
  oneOf,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import { show } from "#sandbox/store/views";

const accounts = "/v1/treasury/financial_accounts";
const payments = "/v1/treasury/outbound_payments";
const byAccount = { financial_account: required(text), status: text };
const inAccount = (_world: unknown, { financial_account, status }: Record<string, unknown>) => ({
  parent: financial_account as string,
  status: status as string | undefined,
});
const noAddress = {
  ...{ city: null, country: null, line1: null, line2: null, postal_code: null, state: null },
};
const positive = (amount: number) => {
  if (amount >= 1) return amount;
  throw invalidRequest("Invalid positive integer", "parameter_invalid_integer", "amount");
};

const payoutFields = {
  amount: required(integer),
  currency: required(currencyCode),
  financial_account: required(text),
  description: text,
  destination_payment_method_data: required(
    shape({
      type: required(oneOf(["us_bank_account"])),
      billing_details: shape({ name: text, email: text }),
      us_bank_account: required(
        shape({
          account_holder_type: oneOf(["company", "individual"]),
          account_number: required(text),
          account_type: oneOf(["checking", "savings"]),
          routing_number: required(text),
        }),
      ),
    }),
  ),
  metadata,
  statement_descriptor: text,
  customer: unbuilt,
  destination_payment_method: unbuilt,
  destination_payment_method_options: unbuilt,
  end_user_details: unbuilt,
} satisfies Shape;

/** `/v1/treasury`: financial accounts, what comes into them and what is paid out of them. */
export const treasuryRoutes: Routes = {
  [`POST ${accounts}`]: route(
    {
      supported_currencies: required(listOf(text)),
      features: byKey(byKey(text)),
      metadata,
      nickname: text,
      platform_restrictions: unbuilt,
    },
    (world, params) => {
      const { supported_currencies: currencies, nickname } = params;
      const zero = Object.fromEntries(currencies.map((currency) => [currency, 0]));
      const number = digitsOf(world, 12);
      const object: ObjectOf<"treasury.financial_account"> = {
        id: world.newId("fa"),
        object: "treasury.financial_account",
        active_features: ["financial_addresses.aba", "outbound_payments.ach"],
        balance: { cash: { ...zero }, inbound_pending: { ...zero }, outbound_pending: { ...zero } },
        country: "US",
        created: world.now(),
        financial_addresses: [
          {
            aba: {
              account_holder_name: "Local Stripe",
              account_number_last4: number.slice(-4),
              bank_name: "Local Test Bank",
              routing_number: "110000000",
            },
            supported_networks: ["ach", "us_domestic_wire"],
            type: "aba",
          },
        ],
        livemode: false,
        metadata: mergeMetadata({}, params.metadata),
        nickname: nickname ?? null,
        pending_features: [],
        platform_restrictions: { inbound_flows: null, outbound_flows: null },
        restricted_features: [],
        status: "open",
        status_details: { closed: null },
        supported_currencies: currencies,
      };
      world.insert("treasury.financial_account", object, {});
      world.emit("treasury.financial_account.created", object);
      return show(world, object);
    },
  ),
  [`GET ${accounts}`]: listRoute("treasury.financial_account", accounts, {}, () => ({})),
  [`GET ${accounts}/:id`]: retrieveRoute("treasury.financial_account"),
  [`POST ${accounts}/:id`]: route({ metadata, nickname: text }, (world, params, { id }) => {
    const row = get(world, "treasury.financial_account", id);
    row.object = {
      ...row.object,
      ...(params.nickname === undefined ? {} : { nickname: params.nickname }),
      metadata: mergeMetadata(row.object.metadata ?? {}, params.metadata),
    };
    return show(world, world.save(row).object);
  }),
  "GET /v1/treasury/transactions": listRoute(
    ...(["treasury.transaction", "/v1/treasury/transactions", byAccount, inAccount] as const),
  ),
  "GET /v1/treasury/transactions/:id": retrieveRoute("treasury.transaction"),
  "POST /v1/test_helpers/treasury/received_credits": route(
    {
      amount: required(integer),
      currency: required(currencyCode),
      financial_account: required(text),
      network: required(oneOf(["ach", "us_domestic_wire"])),
      description: text,
      initiating_payment_method_details: unbuilt,
    },
    (world, params) => {
      const { currency, financial_account, network } = params;
      const id = world.newId("rc");
      const description = params.description ?? "Received credit";
      const amount = positive(params.amount);
      const flow = { id, type: "received_credit" as const, amount, currency, description };
      const object: ObjectOf<"treasury.received_credit"> = {
        ...{ id, object: "treasury.received_credit", amount, currency, description },
        created: world.now(),
        failure_code: null,
        financial_account,
        hosted_regulatory_receipt_url: null,
        initiating_payment_method_details: {
          billing_details: { address: noAddress, email: null, name: "Test Sender" },
          type: "us_bank_account",
          us_bank_account: {
            bank_name: "STRIPE TEST BANK",
            last4: "6789",
            routing_number: "110000000",
          },
        },
        linked_flows: {
          credit_reversal: null,
          issuing_authorization: null,
          issuing_transaction: null,
          source_flow: null,
          source_flow_type: null,
        },
        livemode: false,
        network,
        reversal_details: null,
        status: "succeeded",
        transaction: moveFunds(world, financial_account, flow),
      };
      world.insert("treasury.received_credit", object, {});
      world.emit("treasury.received_credit.created", object);
      world.emit("treasury.received_credit.succeeded", object);
      return show(world, object);
    },
  ),
  "GET /v1/treasury/received_credits": listRoute(
    ...([
      "treasury.received_credit",
      "/v1/treasury/received_credits",
      byAccount,
      inAccount,
    ] as const),
  ),
  "GET /v1/treasury/received_credits/:id": retrieveRoute("treasury.received_credit"),
  [`POST ${payments}`]: route(payoutFields, (world, params) => {
    const { amount, currency, financial_account, destination_payment_method_data: to } = params;
    const id = world.newId("obp");
    const description = params.description ?? "Outbound payment";
    const out = -positive(amount);
    const flow = { id, type: "outbound_payment" as const, amount: out, currency, description };
    const bank = to.us_bank_account;
    const object: ObjectOf<"treasury.outbound_payment"> = {
      ...{ id, object: "treasury.outbound_payment", amount, currency },
      cancelable: false,
      created: world.now(),
      customer: null,
      description: params.description ?? null,
      destination_payment_method: null,
      destination_payment_method_details: {
        billing_details: {
          ...{ address: noAddress, email: to.billing_details?.email ?? null },
          name: to.billing_details?.name ?? null,
        },
        type: "us_bank_account",
        us_bank_account: {
          account_holder_type: bank.account_holder_type ?? null,
          account_type: bank.account_type ?? null,
          bank_name: "STRIPE TEST BANK",
          fingerprint: null,
          last4: bank.account_number.slice(-4),
          network: "ach",
          routing_number: bank.routing_number,
        },
      },
      end_user_details: null,
      expected_arrival_date: world.now() + 86_400,
      financial_account,
      hosted_regulatory_receipt_url: null,
      livemode: false,
      metadata: mergeMetadata({}, params.metadata),
      returned_details: null,
      statement_descriptor: params.statement_descriptor ?? "payment",
      status: "posted",
      status_transitions: {
        ...{ canceled_at: null, failed_at: null, returned_at: null, posted_at: world.now() },
      },
      tracking_details: null,
      transaction: moveFunds(world, financial_account, flow),
    };
    world.insert("treasury.outbound_payment", object, {});
    world.emit("treasury.outbound_payment.created", object);
    world.emit("treasury.outbound_payment.posted", object);
    return show(world, object);
  }),
  [`GET ${payments}`]: listRoute(
    ...(["treasury.outbound_payment", payments, byAccount, inAccount] as const),
  ),
  [`GET ${payments}/:id`]: retrieveRoute("treasury.outbound_payment"),
};
