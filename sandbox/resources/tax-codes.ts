import type Stripe from "stripe";
import { taxCodes } from "#sandbox/billing/tax-codes";
import { noSuch, notBuilt } from "#sandbox/protocol/errors";
import { pagingParams, type Routes, route } from "#sandbox/protocol/route";
import { pageOfItems } from "#sandbox/resources/page-of-items";

const url = "/v1/tax_codes";

/** `/v1/tax_codes`: what things are called for tax. */
export const taxCodeRoutes: Routes = {
  [`GET ${url}`]: route(pagingParams, (_world, paging) =>
    pageOfItems(url, Object.keys(taxCodes).map(codeFor), paging),
  ),
  [`GET ${url}/:id`]: route({}, (_world, _params, { id = "" }) => {
    if (Object.hasOwn(taxCodes, id)) return codeFor(id);
    if (/^txcd_\d{8}$/.test(id)) throw notBuilt(`The tax code '${id}'`);
    throw noSuch("tax code", id);
  }),
};

function codeFor(id: string): Stripe.TaxCode {
  const { name = "", description = "" } = taxCodes[id] ?? {};
  return { id, object: "tax_code", description, name, requirements: null };
}
