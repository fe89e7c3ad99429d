import { creditAttached } from "#sandbox/billing/credit-invoice";
import { captureCharge, captureIntent } from "#sandbox/payments/capture";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  integer,
  metadata,
  oneOf,
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
  pageOf,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { createDirectly, createFields } from "#sandbox/resources/charge-create";
import { customerFilter } from "#sandbox/resources/customer-named";
import { show } from "#sandbox/store/views";

const url = "/v1/charges";

/** `/v1/charges`: what was taken, by which payment. */
export const chargeRoutes: Routes = {
  [`GET ${url}`]: listRoute(
    "charge",
    url,
    { customer: text, payment_intent: text, transfer_group: text },
    (world, { payment_intent, transfer_group, ...who }) => ({
      ...customerFilter(world, who),
      parent: payment_intent,
      key: transfer_group,
    }),
  ),
  [`GET ${url}/:id`]: retrieveRoute("charge"),
  [`GET ${url}/:id/refunds`]: route(pagingParams, (world, paging, { id }) => {
    const { object } = get(world, "charge", id);
    return pageOf(world, `${url}/${object.id}/refunds`, "refund", { parent: object.id }, paging);
  }),
  [`POST ${url}/:id`]: route(
    {
      customer: unbuilt,
      description: text,
      fraud_details: shape({ user_report: unsettable(oneOf(["fraudulent", "safe"])) }),
      metadata,
      receipt_email: text,
      shipping: unbuilt,
      transfer_group: text,
    },
    (world, { metadata: sent, fraud_details: fraud, ...plain }, { id }) => {
      const row = get(world, "charge", id);
      const before = row.object;
      const report = fraud?.user_report;
      row.object = {
        ...before,
        ...plain,
        ...(report ? { fraud_details: { user_report: report } } : {}),
        metadata: mergeMetadata(before.metadata, sent),
      };
      world.save(row);
      world.emit("charge.updated", row.object, changesOf<"charge">(before, row.object));
      return show(world, row.object);
    },
  ),
  [`POST ${url}`]: route(createFields, (world, params) => {
    const row = createDirectly(world, params);
    return show(world, row.object);
  }),
  [`POST ${url}/:id/capture`]: route({ amount: integer }, (world, params, { id }) => {
    const charge = get(world, "charge", id);
    const { object } = charge;
    const amount = params.amount ?? object.amount;
    if (object.captured || !object.paid || object.refunded) {
      const message = `Charge ${object.id} has already been captured.`;
      throw invalidRequest(message, "charge_already_captured");
    }
    if (amount < 1 || amount > object.amount) {
      throw invalidRequest("You cannot capture more than was held.", "amount_too_large", "amount");
    }
    if (object.payment_intent === null) captureCharge(world, charge, { amount });
    else {
      captureIntent(world, get(world, "payment_intent", object.payment_intent), { amount });
      creditAttached(world, object.payment_intent);
    }
    return show(world, get(world, "charge", id).object);
  }),
};
