import { oneOf, required, shape, text, unsettable } from "#sandbox/protocol/params";
import { pageOf, pagingParams, type Routes, retrieveRoute, route } from "#sandbox/protocol/route";
import { wholeAddress } from "#sandbox/resources/address";
import type { ObjectOf } from "#sandbox/store/kinds";

const url = "/v1/tax/locations";
const type = required(oneOf(["performance"]));
const part = unsettable(text);

/** `/v1/tax/locations`: where events take place. They are kept, and no calculation reads them. */
export const taxLocationRoutes: Routes = {
  [`POST ${url}`]: route(
    {
      address: required(
        shape({
          country: required(text),
          ...{ city: part, line1: part, line2: part, postal_code: part, state: part },
        }),
      ),
      description: text,
      type,
    },
    (world, { address, description, type: kind }) => {
      const object: ObjectOf<"tax.location"> = {
        id: world.newId("taxloc"),
        object: "tax.location",
        address: wholeAddress(address) as ObjectOf<"tax.location">["address"],
        description: description ?? null,
        livemode: false,
        type: kind,
      };
      return world.insert("tax.location", object, {}, world.now()).object;
    },
  ),
  [`GET ${url}`]: route({ ...pagingParams, type }, (world, { type: _type, ...paging }) =>
    pageOf(world, url, "tax.location", {}, paging),
  ),
  [`GET ${url}/:id`]: retrieveRoute("tax.location"),
};
