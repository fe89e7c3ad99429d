import { giveFeeBack } from "#sandbox/payments/application-fee";
import { returnFee } from "#sandbox/payments/refund";
import { integer, metadata, text } from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  pageOf,
  pagingParams,
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
  [`GET ${url}/:id/refunds`]: route(pagingParams, (world, paging, { id }) => {
    const { object } = get(world, "application_fee", id);
    const query = { parent: object.id };
    return pageOf(world, `${url}/${object.id}/refunds`, "fee_refund", query, paging);
  }),
  [`GET ${url}/:id/refunds/:id`]: route({}, (world, _params, { sub }) =>
    show(world, get(world, "fee_refund", sub).object),
  ),
  [`POST ${url}/:id/refunds/:id`]: route({ metadata }, (world, params, { sub }) => {
    const row = get(world, "fee_refund", sub);
    const merged = mergeMetadata(row.object.metadata ?? {}, params.metadata);
    row.object = { ...row.object, metadata: merged };
    world.save(row);
    world.emit("application_fee.refund.updated", row.object);
    return show(world, row.object);
  }),
};
