import { issuedCard, issuedHolder, issuedTransaction } from "#sandbox/banking/issuing-objects";
import { moveFunds } from "#sandbox/banking/move-funds";
import { post, today } from "#sandbox/payments/ledger";
import { currencyCode } from "#sandbox/protocol/currency";
import { invalidRequest, notBuilt } from "#sandbox/protocol/errors";
import {
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
import { address, wholeAddress } from "#sandbox/resources/address";
import { authorizationRoutes } from "#sandbox/resources/issuing-authorizations";
import { show } from "#sandbox/store/views";

const holders = "/v1/issuing/cardholders";
const cards = "/v1/issuing/cards";
const transactions = "/v1/issuing/transactions";

const spendingControls = shape({
  spending_limits: listOf(
    shape({
      amount: required(integer),
      interval: required(
        oneOf(["all_time", "daily", "monthly", "per_authorization", "weekly", "yearly"]),
      ),
      categories: unbuilt,
    }),
  ),
  allowed_categories: unbuilt,
  blocked_categories: unbuilt,
});
const holderFields = {
  name: required(text),
  billing: required(shape({ address: required(address) })),
  email: text,
  metadata,
  phone_number: text,
  status: oneOf(["active", "inactive"]),
  type: oneOf(["company", "individual"]),
  company: unbuilt,
  individual: unbuilt,
  preferred_locales: unbuilt,
  spending_controls: unbuilt,
} satisfies Shape;
const cardFields = {
  cardholder: required(text),
  currency: required(currencyCode),
  type: required(oneOf(["physical", "virtual"])),
  financial_account: text,
  metadata,
  spending_controls: spendingControls,
  status: oneOf(["active", "inactive"]),
  exp_month: unbuilt,
  exp_year: unbuilt,
  replacement_for: unbuilt,
  replacement_reason: unbuilt,
  shipping: unbuilt,
} satisfies Shape;

/** `/v1/issuing`: cards a business gives to its people, and what they paid with them. */
export const issuingRoutes: Routes = {
  ...authorizationRoutes,
  [`POST ${holders}`]: route(holderFields, (world, params) => {
    const { billing, ...plain } = params;
    const where = wholeAddress(billing.address);
    const labels = mergeMetadata({}, params.metadata);
    const object = issuedHolder(world, { ...plain, address: where, metadata: labels });
    world.insert("issuing.cardholder", object, {});
    world.emit("issuing_cardholder.created", object);
    return show(world, object);
  }),
  [`GET ${holders}`]: listRoute(
    "issuing.cardholder",
    holders,
    { email: text, status: text },
    (_world, { email, status }) => ({ key: email, status }),
  ),
  [`GET ${holders}/:id`]: retrieveRoute("issuing.cardholder"),
  [`POST ${holders}/:id`]: route(
    { email: text, metadata, phone_number: text, status: oneOf(["active", "inactive"]) },
    (world, { metadata: labels, ...changes }, { id }) => {
      const row = get(world, "issuing.cardholder", id);
      const merged = mergeMetadata(row.object.metadata, labels);
      row.object = { ...row.object, ...changes, metadata: merged };
      world.save(row);
      world.emit("issuing_cardholder.updated", row.object);
      return show(world, row.object);
    },
  ),
  [`POST ${cards}`]: route(cardFields, (world, params) => {
    if (params.type === "physical") throw notBuilt("A physical card", "type");
    const holder = get(world, "issuing.cardholder", params.cardholder, "cardholder").object;
    if (params.financial_account !== undefined) {
      get(world, "treasury.financial_account", params.financial_account, "financial_account");
    }
    const { object, number } = issuedCard(world, holder, {
      ...params,
      metadata: mergeMetadata({}, params.metadata),
    });
    world.insert("issuing.card", object, { number });
    world.emit("issuing_card.created", object);
    return show(world, object);
  }),
  [`GET ${cards}`]: listRoute(
    "issuing.card",
    cards,
    { cardholder: text, status: text },
    (_world, { cardholder, status }) => ({ parent: cardholder, status }),
  ),
  [`GET ${cards}/:id`]: retrieveRoute("issuing.card"),
  [`POST ${cards}/:id`]: route(
    {
      cancellation_reason: oneOf(["lost", "stolen"]),
      metadata,
      spending_controls: spendingControls,
      status: oneOf(["active", "canceled", "inactive"]),
      pin: unbuilt,
    },
    (world, { metadata: labels, spending_controls: controls, ...changes }, { id }) => {
      const row = get(world, "issuing.card", id);
      if (row.object.status === "canceled") {
        throw invalidRequest("A canceled card cannot be changed.");
      }
      const before = { status: row.object.status };
      const limits = controls?.spending_limits?.map((each) => ({ ...each, categories: [] }));
      row.object = {
        ...row.object,
        ...changes,
        ...(limits === undefined
          ? {}
          : { spending_controls: { ...row.object.spending_controls, spending_limits: limits } }),
        metadata: mergeMetadata(row.object.metadata, labels),
      };
      world.save(row);
      world.emit("issuing_card.updated", row.object, before);
      return show(world, row.object);
    },
  ),
  "POST /v1/test_helpers/issuing/transactions/create_force_capture": route(
    {
      amount: required(integer),
      card: required(text),
      currency: currencyCode,
      merchant_data: shape({ name: text, category: text, city: text, country: text }),
      purchase_details: unbuilt,
    },
    (world, { amount, card: id, currency, merchant_data }) => {
      const card = get(world, "issuing.card", id, "card").object;
      if (card.status !== "active") throw invalidRequest(`The card is ${card.status}.`);
      const spent = { amount: -amount, currency: currency ?? card.currency };
      const object = issuedTransaction(world, card, { ...spent, merchant: merchant_data ?? {} });
      const description = object.merchant_data.name ?? "Card purchase";
      const { financial_account: account } = card;
      if (account) {
        const type = "issuing_authorization" as const;
        moveFunds(world, account, { id: object.id, type, ...spent, description });
      } else {
        const facts = { source: object.id, description, availableOn: today(world) };
        const row = post(world, { type: "issuing_transaction", ...spent, ...facts });
        object.balance_transaction = row.id;
      }
      world.insert("issuing.transaction", object, {});
      world.emit("issuing_transaction.created", object);
      return show(world, object);
    },
  ),
  [`GET ${transactions}`]: listRoute(
    "issuing.transaction",
    transactions,
    { card: text, cardholder: text, type: text },
    (_world, { card, cardholder, type }) => ({ parent: card, customer: cardholder, status: type }),
  ),
  [`GET ${transactions}/:id`]: retrieveRoute("issuing.transaction"),
};
