import { registrationNow, taxSettings } from "#sandbox/billing/automatic-tax";
import {
  byKey,
  either,
  integer,
  oneOf,
  required,
  shape,
  text,
  unsettable,
} from "#sandbox/protocol/params";
import { get, pageOf, pagingParams, type Routes, route } from "#sandbox/protocol/route";
import { address, wholeAddress } from "#sandbox/resources/address";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Options = ObjectOf<"tax.registration">["country_options"];
const registrations = "/v1/tax/registrations";
const instant = either(integer, oneOf(["now"]));
const options = byKey(
  shape({
    type: required(text),
    state: text,
    standard: byKey(text),
    province_standard: byKey(text),
    state_sales_tax: shape({}),
  }),
);

/** Where an account is registered for tax, and what it decided of tax. */
export const taxRoutes: Routes = {
  [`POST ${registrations}`]: route(
    {
      active_from: required(instant),
      country: required(text),
      country_options: required(options),
      expires_at: integer,
    },
    (world, { active_from: from, country, country_options, expires_at }) => {
      const object: ObjectOf<"tax.registration"> = {
        id: world.newId("taxreg"),
        object: "tax.registration",
        active_from: from === "now" ? world.now() : from,
        country: country.toUpperCase(),
        country_options: country_options as Options,
        created: world.now(),
        expires_at: expires_at ?? null,
        livemode: false,
        status: "active",
      };
      world.insert("tax.registration", object, {});
      return registrationNow(world, object);
    },
  ),
  [`GET ${registrations}`]: route(
    { ...pagingParams, status: oneOf(["active", "all", "expired", "scheduled"]) },
    (world, { status = "all", ...paging }) => {
      const ids = world
        .list("tax.registration")
        .filter(({ object }) => {
          return status === "all" || registrationNow(world, object).status === status;
        })
        .map(({ object }) => object.id);
      return pageOf(world, registrations, "tax.registration", { ids }, paging, ({ object }) =>
        registrationNow(world, object),
      );
    },
  ),
  [`GET ${registrations}/:id`]: route({}, (world, _params, { id }) =>
    registrationNow(world, get(world, "tax.registration", id).object),
  ),
  [`POST ${registrations}/:id`]: route(
    { active_from: instant, expires_at: unsettable(instant) },
    (world, { active_from: from, expires_at: until }, { id }) => {
      const row = get(world, "tax.registration", id);
      const at = (sent: number | "now") => (sent === "now" ? world.now() : sent);
      row.object = {
        ...row.object,
        ...(from === undefined ? {} : { active_from: at(from) }),
        ...(until === undefined ? {} : { expires_at: until === null ? null : at(until) }),
      };
      return registrationNow(world, world.save(row).object);
    },
  ),
  "GET /v1/tax/settings": route({}, (world) => shown(world)),
  "POST /v1/tax/settings": route(
    {
      defaults: shape({
        tax_behavior: oneOf(["exclusive", "inclusive", "inferred_by_currency"]),
        tax_code: text,
      }),
      head_office: shape({ address: required(address) }),
    },
    (world, { defaults, head_office: office }) => {
      const before = taxSettings(world);
      const where = office === undefined ? null : wholeAddress(office.address);
      const head_office = where === null ? before.head_office : { address: where };
      const isReady = head_office !== null;
      const object = {
        ...before,
        defaults: { ...before.defaults, ...defaults },
        head_office,
        status: isReady ? ("active" as const) : ("pending" as const),
        status_details: isReady ? { active: {} } : before.status_details,
      };
      const row = world.find("tax.settings", "settings");
      if (row === undefined) world.insert("tax.settings", object, {}, world.now());
      else world.save({ ...row, object });
      world.emit("tax.settings.updated", shown(world));
      return shown(world);
    },
  ),
};

function shown(world: World) {
  const { id: _id, ...settings } = taxSettings(world);
  return settings;
}
