import { invalidRequest } from "#sandbox/protocol/errors";
import {
  boolean,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
  unsettable,
} from "#sandbox/protocol/params";
import {
  changesOf,
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const fields = {
  active: boolean,
  default_price: text,
  description: unsettable(text),
  images: listOf(text),
  marketing_features: listOf(shape({ name: required(text) })),
  metadata,
  name: text,
  shippable: boolean,
  statement_descriptor: text,
  tax_code: unsettable(text),
  unit_label: unsettable(text),
  url: unsettable(text),
  package_dimensions: unbuilt,
} satisfies Shape;
const createFields = {
  ...fields,
  id: text,
  name: required(text),
  type: oneOf(["good", "service"]),
  default_price_data: unbuilt,
} satisfies Shape;

/** `/v1/products`. */
export const productRoutes: Routes = {
  "POST /v1/products": route(createFields, (world, params) =>
    show(world, createProduct(world, params).object),
  ),
  "GET /v1/products": listRoute(
    "product",
    "/v1/products",
    { active: boolean, ids: listOf(text), url: unbuilt, shippable: unbuilt, type: unbuilt },
    (_world, { active, ids }) => ({
      ...(active === undefined ? {} : { status: active ? "active" : "inactive" }),
      ...(ids === undefined ? {} : { ids }),
    }),
  ),
  "GET /v1/products/:id": retrieveRoute("product"),
  "POST /v1/products/:id": route(fields, (world, params, { id }) => {
    const row = get(world, "product", id);
    const before = row.object;
    const { metadata: sent, ...plain } = params;
    row.object = {
      ...before,
      ...(plain as Partial<ObjectOf<"product">>),
      metadata: mergeMetadata(before.metadata, sent),
      updated: world.now(),
    };
    world.save(row);
    const { updated: _updated, ...previous } = changesOf<"product">(before, row.object);
    if (Object.keys(previous).length > 0) world.emit("product.updated", row.object, previous);
    return show(world, row.object);
  }),
  "DELETE /v1/products/:id": route({}, (world, _params, { id }) => {
    const row = get(world, "product", id);
    if (world.list("price", { parent: row.object.id, limit: 1 }).length > 0) {
      throw invalidRequest("This product cannot be deleted because it has one or more prices.");
    }
    world.remove(row);
    world.emit("product.deleted", row.object);
    return { id: row.object.id, object: "product", deleted: true };
  }),
};

/** Makes a product. */
export function createProduct(world: World, params: Params<typeof createFields>): Row<"product"> {
  const { id, metadata: sent, type, ...plain } = params;
  const blank = {
    active: true,
    default_price: null,
    description: null,
    images: [],
    marketing_features: [],
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    unit_label: null,
    url: null,
  };
  if (id !== undefined && world.find("product", id) !== undefined) {
    throw invalidRequest(`Product already exists.`, "resource_already_exists", "id");
  }
  const object: ObjectOf<"product"> = {
    id: id ?? world.newId("prod"),
    object: "product",
    ...blank,
    created: world.now(),
    livemode: false,
    metadata: mergeMetadata({}, sent),
    type: type ?? "service",
    updated: world.now(),
    ...(plain as { name: string }),
  };
  const row = world.insert("product", object, {});
  world.emit("product.created", row.object);
  return row;
}
