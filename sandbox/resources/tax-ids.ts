import { invalidRequest } from "#sandbox/protocol/errors";
import { getInside } from "#sandbox/protocol/inner-routes";
import { oneOf, required, shape, text, unbuilt } from "#sandbox/protocol/params";
import { get, type Path, pageOf, pagingParams, type Routes, route } from "#sandbox/protocol/route";
import { findCustomer } from "#sandbox/resources/customer-named";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/* What a tax id of a type looks like. A type without a row here is refused as not built. */
const formats: Record<string, { country: string | null; pattern: RegExp }> = {
  au_abn: { country: "AU", pattern: /^\d{11}$/ },
  br_cnpj: { country: "BR", pattern: /^\d{2}\.?\d{3}\.?\d{3}\/?\d{4}-?\d{2}$/ },
  ca_bn: { country: "CA", pattern: /^\d{9}$/ },
  ca_gst_hst: { country: "CA", pattern: /^\d{9}RT\d{4}$/ },
  ch_vat: { country: "CH", pattern: /^CHE-?\d{3}\.?\d{3}\.?\d{3} (MWST|TVA|IVA)$/ },
  eu_vat: { country: null, pattern: /^[A-Z]{2}[0-9A-Z]{2,12}$/ },
  gb_vat: { country: "GB", pattern: /^GB(\d{9}|\d{12})$/ },
  in_gst: { country: "IN", pattern: /^\d{2}[A-Z]{5}\d{4}[A-Z]\d[A-Z\d]{2}$/ },
  jp_cn: { country: "JP", pattern: /^\d{13}$/ },
  no_vat: { country: "NO", pattern: /^\d{9}MVA$/ },
  nz_gst: { country: "NZ", pattern: /^\d{8,9}$/ },
  sg_gst: { country: "SG", pattern: /^M\d{8}X$/ },
  us_ein: { country: "US", pattern: /^\d{2}-\d{7}$/ },
};
/** The kinds of tax ids that are known. */
export const taxIdTypes = Object.keys(formats);

/** Whether something has the form of a tax id of a kind. */
export function isTaxId(type: string, value: string): boolean {
  return formats[type]?.pattern.test(value) ?? false;
}

const createFields = {
  type: required(text),
  value: required(text),
};
const ofCustomer = "/v1/customers/:id/tax_ids";

/** A customer's tax ids. Their form is checked; nobody is asked whether they exist. */
export const taxIdRoutes: Routes = {
  [`POST ${ofCustomer}`]: route(createFields, (world, params, { id }) => {
    const customer = findCustomer(world, id ?? "");
    return show(world, createTaxId(world, customer, params).object);
  }),
  [`GET ${ofCustomer}`]: route(pagingParams, (world, paging, { id }) => {
    const customer = findCustomer(world, id ?? "").object.id;
    return pageOf(world, `/v1/customers/${id}/tax_ids`, "tax_id", { customer }, paging);
  }),
  [`GET ${ofCustomer}/:id`]: route({}, (world, _params, path) =>
    show(world, taxIdOf(world, path).object),
  ),
  [`DELETE ${ofCustomer}/:id`]: route({}, (world, _params, path) =>
    remove(world, taxIdOf(world, path).object.id),
  ),
  "GET /v1/tax_ids": route(
    {
      ...pagingParams,
      owner: shape({ type: required(oneOf(["customer"])), customer: required(text) }),
    },
    (world, { owner, ...paging }) => {
      const query = owner && { customer: findCustomer(world, owner.customer).object.id };
      return pageOf(world, "/v1/tax_ids", "tax_id", query ?? {}, paging);
    },
  ),
  "GET /v1/tax_ids/:id": route({}, (world, _params, { id }) =>
    show(world, get(world, "tax_id", id).object),
  ),
  "POST /v1/tax_ids": route(
    {
      ...createFields,
      owner: required(
        shape({
          type: required(oneOf(["customer"])),
          customer: required(text),
          account: unbuilt,
          customer_account: unbuilt,
        }),
      ),
    },
    (world, { owner, ...params }) =>
      show(world, createTaxId(world, findCustomer(world, owner.customer), params).object),
  ),
  "DELETE /v1/tax_ids/:id": route({}, (world, _params, { id }) => remove(world, id)),
};

function taxIdOf(world: World, path: Path): Row<"tax_id"> {
  const customer = findCustomer(world, path.id ?? "").object.id;
  return getInside(world, "tax_id", path, ({ object }) => object.customer === customer);
}

/** Gives a customer a tax id. */
export function createTaxId(
  world: World,
  customer: Row<"customer">,
  { type, value }: { type: string; value: string },
): Row<"tax_id"> {
  const format = formats[type];
  if (format === undefined) {
    const message = `Invalid type: '${type}' is not among those the local Stripe knows.`;
    throw invalidRequest(message, "tax_id_invalid", "type");
  }
  if (!format.pattern.test(value)) {
    throw invalidRequest(`Invalid value for ${type}.`, "tax_id_invalid", "value");
  }
  const { id, customer_account: account } = customer.object;
  const row = world.insert(
    "tax_id",
    {
      id: world.newId("txi"),
      object: "tax_id",
      country: format.country ?? value.slice(0, 2),
      created: world.now(),
      customer: id,
      customer_account: account ?? null,
      livemode: false,
      owner: { customer: id, customer_account: account ?? null, type: "customer" },
      type: type as ObjectOf<"tax_id">["type"],
      value,
      verification: { status: "pending", verified_address: null, verified_name: null },
    },
    {},
  );
  world.emit("customer.tax_id.created", row.object);
  return row;
}

function remove(world: World, id: string | undefined) {
  const row = get(world, "tax_id", id);
  world.remove(row);
  world.emit("customer.tax_id.deleted", row.object);
  return { id: row.object.id, object: "tax_id", deleted: true };
}
