import { closeReviews } from "#sandbox/payments/fraud";
import { invalidRequest } from "#sandbox/protocol/errors";
import { metadata, oneOf, required, text } from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf, show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const itemType = oneOf([
  "account",
  "card_bin",
  "card_fingerprint",
  "case_sensitive_string",
  "country",
  "crypto_fingerprint",
  "customer_id",
  "email",
  "ip_address",
  "sepa_debit_fingerprint",
  "string",
  "us_bank_account_fingerprint",
]);

const lists = "/v1/radar/value_lists";
const items = "/v1/radar/value_list_items";
const warnings = "/v1/radar/early_fraud_warnings";

/** Reviews, early fraud warnings, and the lists rules are written with. Rules are not run. */
export const radarRoutes: Routes = {
  "GET /v1/reviews": listRoute("review", "/v1/reviews", {}, () => ({ status: "open" })),
  "GET /v1/reviews/:id": retrieveRoute("review"),
  "POST /v1/reviews/:id/approve": route({}, (world, _params, { id }) => {
    const { object } = get(world, "review", id);
    if (!object.open) throw invalidRequest("This review is closed already.");
    closeReviews(world, object.charge ?? "", "approved");
    return show(world, get(world, "review", id).object);
  }),
  [`GET ${warnings}`]: listRoute(
    "radar.early_fraud_warning",
    warnings,
    { charge: text, payment_intent: text },
    (_world, { charge, payment_intent }) => ({ parent: charge, key: payment_intent }),
  ),
  [`GET ${warnings}/:id`]: retrieveRoute("radar.early_fraud_warning"),
  [`POST ${lists}`]: route(
    { alias: required(text), name: required(text), item_type: itemType, metadata },
    (world, params) => {
      checkAlias(world, params.alias);
      const id = world.newId("rsl");
      const object: ObjectOf<"radar.value_list"> = {
        id,
        object: "radar.value_list",
        alias: params.alias,
        created: world.now(),
        created_by: "developer@local.test",
        item_type: params.item_type ?? "string",
        list_items: listOf(`${items}?value_list=${id}`, []),
        livemode: false,
        metadata: mergeMetadata({}, params.metadata),
        name: params.name,
      };
      world.insert("radar.value_list", object, {});
      return listShown(world, object);
    },
  ),
  [`GET ${lists}`]: listRoute("radar.value_list", lists, { alias: text }, (_world, { alias }) => ({
    key: alias,
  })),
  [`GET ${lists}/:id`]: route({}, (world, _params, { id }) =>
    listShown(world, get(world, "radar.value_list", id).object),
  ),
  [`POST ${lists}/:id`]: route(
    { alias: text, name: text, metadata },
    (world, { metadata: sent, ...plain }, { id }) => {
      const row = get(world, "radar.value_list", id);
      if (plain.alias !== undefined && plain.alias !== row.object.alias) {
        checkAlias(world, plain.alias);
      }
      const merged = mergeMetadata(row.object.metadata, sent);
      row.object = { ...row.object, ...plain, metadata: merged };
      return listShown(world, world.save(row).object);
    },
  ),
  [`DELETE ${lists}/:id`]: route({}, (world, _params, { id }) => {
    const row = get(world, "radar.value_list", id);
    world.remove(row);
    return { id: row.object.id, object: "radar.value_list", deleted: true };
  }),
  [`POST ${items}`]: route({ value: required(text), value_list: required(text) }, (world, sent) => {
    const list = get(world, "radar.value_list", sent.value_list, "value_list").object;
    const value =
      list.item_type === "case_sensitive_string" ? sent.value : sent.value.toLowerCase();
    const known = world.list("radar.value_list_item", { parent: list.id, key: value });
    if (known.length > 0) {
      const message = `The value '${value}' is in the list '${list.alias}' already.`;
      throw invalidRequest(message, undefined, "value");
    }
    const object: ObjectOf<"radar.value_list_item"> = {
      id: world.newId("rsli"),
      object: "radar.value_list_item",
      created: world.now(),
      created_by: "developer@local.test",
      livemode: false,
      value,
      value_list: list.id,
    };
    return show(world, world.insert("radar.value_list_item", object, {}).object);
  }),
  [`GET ${items}`]: listRoute(
    "radar.value_list_item",
    items,
    { value_list: required(text), value: text },
    (_world, { value_list, value }) => ({ parent: value_list, key: value }),
  ),
  [`GET ${items}/:id`]: retrieveRoute("radar.value_list_item"),
  [`DELETE ${items}/:id`]: route({}, (world, _params, { id }) => {
    const row = get(world, "radar.value_list_item", id);
    world.remove(row);
    return { id: row.object.id, object: "radar.value_list_item", deleted: true };
  }),
};

function listShown(world: World, list: ObjectOf<"radar.value_list">) {
  const kept = world.list("radar.value_list_item", { parent: list.id }).map(({ object }) => object);
  return { ...list, list_items: { ...list.list_items, data: kept } };
}

function checkAlias(world: World, alias: string): void {
  if (world.list("radar.value_list", { key: alias }).length === 0) return;
  throw invalidRequest(`The alias '${alias}' is taken.`, "resource_already_exists", "alias");
}
