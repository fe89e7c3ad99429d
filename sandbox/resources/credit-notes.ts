import { type CreditInput, createCreditNote, voidCreditNote } from "#sandbox/billing/credit-note";
import { invalidRequest } from "#sandbox/protocol/errors";
import {
  decimal,
  integer,
  listOf,
  metadata,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import {
  get,
  listRoute,
  mergeMetadata,
  pageSize,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { customerFilter } from "#sandbox/resources/customer-named";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const line = shape({
  type: required(oneOf(["custom_line_item", "invoice_line_item"])),
  amount: integer,
  description: text,
  invoice_line_item: text,
  metadata: unbuilt,
  quantity: integer,
  tax_amounts: unbuilt,
  tax_rates: unbuilt,
  unit_amount: integer,
  unit_amount_decimal: decimal,
});
const createFields = {
  invoice: required(text),
  amount: integer,
  credit_amount: integer,
  effective_at: integer,
  email_type: oneOf(["credit_note", "none"]),
  lines: listOf(line),
  memo: text,
  metadata,
  out_of_band_amount: integer,
  reason: oneOf(["duplicate", "fraudulent", "order_change", "product_unsatisfactory"]),
  refund_amount: integer,
  refunds: listOf(
    shape({
      amount_refunded: integer,
      refund: text,
      payment_record_refund: unbuilt,
      type: oneOf(["refund"]),
    }),
  ),
  shipping_cost: unbuilt,
} satisfies Shape;
type Sent = Params<typeof createFields>;
const url = "/v1/credit_notes";

/** `/v1/credit_notes`: less is due, or some of what was paid goes back. */
export const creditNoteRoutes: Routes = {
  [`POST ${url}`]: route(createFields, (world, params) =>
    show(world, createCreditNote(world, inputFrom(world, params)).object),
  ),
  [`GET ${url}`]: listRoute(
    "credit_note",
    url,
    { customer: text, customer_account: text, invoice: text },
    (world, { invoice, ...who }) => ({
      ...customerFilter(world, who),
      ...(invoice === undefined ? {} : { parent: invoice }),
    }),
  ),
  [`GET ${url}/preview`]: route(createFields, (world, params) => preview(world, params)),
  [`GET ${url}/preview/lines`]: route(
    { ...createFields, ...pagingParams },
    (world, { limit: _limit, starting_after: _after, ending_before: _before, ...params }) =>
      preview(world, params).lines,
  ),
  [`GET ${url}/:id`]: retrieveRoute("credit_note"),
  [`GET ${url}/:id/lines`]: route(pagingParams, (world, { limit }, { id }) => {
    const { lines } = get(world, "credit_note", id).object;
    const data = lines.data.slice(0, pageSize(limit));
    return { ...lines, data, has_more: data.length < lines.data.length };
  }),
  [`POST ${url}/:id`]: route(
    { memo: text, metadata },
    (world, { memo, metadata: sent }, { id }) => {
      const row = get(world, "credit_note", id);
      row.object = {
        ...row.object,
        ...(memo === undefined ? {} : { memo }),
        metadata: mergeMetadata(row.object.metadata ?? {}, sent),
      };
      world.save(row);
      world.emit("credit_note.updated", row.object);
      return show(world, row.object);
    },
  ),
  [`POST ${url}/:id/void`]: route({}, (world, _params, { id }) => {
    const row = get(world, "credit_note", id);
    voidCreditNote(world, row);
    return show(world, row.object);
  }),
};

function preview(world: World, params: Sent) {
  return world.database.rehearse(() => {
    const { object } = createCreditNote(world, inputFrom(world, params));
    return show(world, { ...object, id: `preview_${object.id}` });
  });
}

function inputFrom(world: World, params: Sent): CreditInput {
  const invoice = get(world, "invoice", params.invoice, "invoice");
  const { status } = invoice.object;
  if (status !== "open" && status !== "paid") {
    const message = `You can only credit an open or paid invoice. This invoice is ${status}.`;
    throw invalidRequest(message, undefined, "invoice");
  }
  const { effective_at, memo, reason } = params;
  return {
    invoice,
    amount: params.amount,
    lines: params.lines,
    credit: params.credit_amount,
    outOfBand: params.out_of_band_amount,
    refund: params.refund_amount,
    refunds: (params.refunds ?? []).flatMap(({ refund, amount_refunded: amount }) =>
      refund === undefined ? [] : [{ refund, amount }],
    ),
    fields: {
      ...(effective_at === undefined ? {} : { effective_at }),
      ...(memo === undefined ? {} : { memo }),
      ...(reason === undefined ? {} : { reason }),
      metadata: mergeMetadata({}, params.metadata),
    },
  };
}
