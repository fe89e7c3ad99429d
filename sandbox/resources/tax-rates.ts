import {
  boolean,
  decimal,
  metadata,
  oneOf,
  required,
  type Shape,
  text,
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
import { show } from "#sandbox/store/views";

const fields = {
  active: boolean,
  country: text,
  description: text,
  display_name: text,
  jurisdiction: text,
  metadata: unsettable(metadata),
  state: text,
  tax_type: oneOf(["gst", "hst", "jct", "pst", "qst", "rst", "sales_tax", "service_tax", "vat"]),
} satisfies Shape;
const url = "/v1/tax_rates";

/** `/v1/tax_rates`: rates an account decides itself. */
export const taxRateRoutes: Routes = {
  [`POST ${url}`]: route(
    {
      ...fields,
      display_name: required(text),
      inclusive: required(boolean),
      percentage: required(decimal),
    },
    (world, { metadata: sent, percentage, ...plain }) => {
      const object: ObjectOf<"tax_rate"> = {
        id: world.newId("txr"),
        object: "tax_rate",
        active: true,
        country: null,
        created: world.now(),
        description: null,
        effective_percentage: null,
        flat_amount: null,
        jurisdiction: null,
        jurisdiction_level: null,
        livemode: false,
        metadata: mergeMetadata({}, sent ?? undefined),
        percentage: Number(percentage),
        rate_type: "percentage",
        state: null,
        tax_type: null,
        ...plain,
      };
      world.insert("tax_rate", object, {});
      world.emit("tax_rate.created", object);
      return show(world, object);
    },
  ),
  [`GET ${url}`]: listRoute(
    "tax_rate",
    url,
    { active: boolean, inclusive: boolean },
    (_world, { active, inclusive }) => ({
      ...(active === undefined ? {} : { status: active ? "active" : "inactive" }),
      ...(inclusive === undefined ? {} : { key: inclusive ? "inclusive" : "exclusive" }),
    }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("tax_rate"),
  [`POST ${url}/:id`]: route(fields, (world, { metadata: sent, ...plain }, { id }) => {
    const row = get(world, "tax_rate", id);
    const before = row.object;
    const meta = mergeMetadata(before.metadata ?? {}, sent ?? undefined);
    row.object = { ...before, ...plain, metadata: meta };
    world.save(row);
    world.emit("tax_rate.updated", row.object, changesOf<"tax_rate">(before, row.object));
    return show(world, row.object);
  }),
};
