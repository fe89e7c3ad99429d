import { entitlementsOf } from "#sandbox/billing/entitlements";
import { invalidRequest } from "#sandbox/protocol/errors";
import { getInside } from "#sandbox/protocol/inner-routes";
import { boolean, metadata, required, text, unsettable } from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Path,
  pageOf,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { findCustomer } from "#sandbox/resources/customer-named";
import { pageOfItems } from "#sandbox/resources/page-of-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const features = "/v1/entitlements/features";
const active = "/v1/entitlements/active_entitlements";
const ofProduct = "/v1/products/:id/features";

/** What products allow, and what each customer may use by it. */
export const entitlementRoutes: Routes = {
  [`POST ${features}`]: route(
    { lookup_key: required(text), name: required(text), metadata },
    (world, { lookup_key, name, metadata: sent }) => {
      if (world.list("entitlements.feature", { key: lookup_key }).length > 0) {
        const message = `A feature with the lookup key '${lookup_key}' already exists.`;
        throw invalidRequest(message, "resource_already_exists", "lookup_key");
      }
      const object: ObjectOf<"entitlements.feature"> = {
        id: world.newId("feat_test"),
        object: "entitlements.feature",
        active: true,
        livemode: false,
        lookup_key,
        metadata: mergeMetadata({}, sent),
        name,
      };
      world.insert("entitlements.feature", object, {}, world.now());
      return show(world, object);
    },
  ),
  [`GET ${features}`]: listRoute(
    "entitlements.feature",
    features,
    { archived: boolean, lookup_key: text },
    (_world, { archived, lookup_key }) => ({
      ...(archived === undefined ? {} : { status: archived ? "archived" : "active" }),
      ...(lookup_key === undefined ? {} : { key: lookup_key }),
    }),
  ),
  [`GET ${features}/:id`]: retrieveRoute("entitlements.feature"),
  [`POST ${features}/:id`]: route(
    { active: boolean, metadata: unsettable(metadata), name: text },
    (world, { metadata: sent, ...plain }, { id }) => {
      const row = get(world, "entitlements.feature", id);
      row.object = {
        ...row.object,
        ...plain,
        metadata: mergeMetadata(row.object.metadata, sent ?? undefined),
      };
      return show(world, world.save(row).object);
    },
  ),
  [`POST ${ofProduct}`]: route(
    { entitlement_feature: required(text) },
    (world, { entitlement_feature: named }, { id }) => {
      const product = get(world, "product", id).object.id;
      const feature = get(world, "entitlements.feature", named, "entitlement_feature").object;
      const object: ObjectOf<"product_feature"> = {
        id: world.newId("prodft"),
        object: "product_feature",
        entitlement_feature: feature,
        livemode: false,
      };
      world.insert("product_feature", object, { product }, world.now());
      return show(world, object);
    },
  ),
  [`GET ${ofProduct}`]: route(pagingParams, (world, paging, { id }) => {
    const rows = world.list("product_feature").filter(({ hidden }) => hidden.product === id);
    const items = rows.map(({ object }) => object);
    return pageOfItems(`/v1/products/${id}/features`, items, paging);
  }),
  [`GET ${ofProduct}/:id`]: route({}, (world, _params, path) =>
    show(world, featureOf(world, path).object),
  ),
  [`DELETE ${ofProduct}/:id`]: route({}, (world, _params, path) => {
    const row = featureOf(world, path);
    world.remove(row);
    return { id: row.object.id, object: "product_feature", deleted: true };
  }),
  [`GET ${active}`]: route(
    { ...pagingParams, customer: required(text) },
    (world, { customer, ...paging }) => {
      const { id } = findCustomer(world, customer, "customer").object;
      const ids = entitlementsOf(world, id).map((entitlement) => entitlement.id);
      return pageOf(world, active, "entitlements.active_entitlement", { ids }, paging);
    },
  ),
  [`GET ${active}/:id`]: retrieveRoute("entitlements.active_entitlement"),
};

function featureOf(world: World, path: Path): Row<"product_feature"> {
  return getInside(world, "product_feature", path, ({ hidden }) => hidden.product === path.id);
}
