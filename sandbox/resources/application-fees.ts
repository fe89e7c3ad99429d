import { giveFeeBack } from "#sandbox/payments/application-fee";
import { returnFee } from "#sandbox/payments/refund";
import { innerRoutes } from "#sandbox/protocol/inner-routes";
import { integer, metadata, text } from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { show } from "#sandbox/store/views";

const url = "/v1/application_fees";

/** `/v1/application_fees`: the platform's share of its accounts' payments, and giving it back. */
export const applicationFeeRoutes: Routes = {
  [`GET ${url}`]: listRoute("application_fee", url, { charge: text }, (_world, { charge }) => ({
    parent: charge,
  })),
  [`GET ${url}/:id`]: retrieveRoute("application_fee"),
  [`POST ${url}/:id/refunds`]: route({ amount: integer, metadata }, (world, params, { id }) => {
    const fee = get(world, "application_fee", id);
    const amount = params.amount ?? fee.object.amount - fee.object.amount_refunded;
    const refund = giveFeeBack(world, fee, amount, mergeMetadata({}, params.metadata));
    returnFee(world, fee.object, amount);
    return show(world, refund);
  }),
  ...innerRoutes(url, "refunds", {
    ...{
      parent: "application_fee",
      kind: "fee_refund",
      events: ["application_fee.refund.updated"],
    },
    parentOf: ({ fee }) => fee,
  }),
};
