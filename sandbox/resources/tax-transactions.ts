import { linesLeft, shareFlat, type Taxed, type TaxLine } from "#sandbox/billing/tax-transaction";
import { invalidRequest, noSuch } from "#sandbox/protocol/errors";
import {
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
  mergeMetadata,
  pagingParams,
  type Routes,
  retrieveRoute,
  route,
} from "#sandbox/protocol/route";
import { pageOfItems } from "#sandbox/resources/page-of-items";
import type { ObjectOf } from "#sandbox/store/kinds";
import { listOf as listShown, show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

type Transaction = ObjectOf<"tax.transaction">;
/** What a new transaction says of one line. */
type NewLine = Taxed &
  Pick<TaxLine, "product" | "quantity" | "reference" | "reversal" | "tax_behavior" | "tax_code"> & {
    metadata?: Record<string, string>;
  };

const url = "/v1/tax/transactions";
const fromCalculation = {
  calculation: required(text),
  reference: required(text),
  metadata,
  posted_at: integer,
} satisfies Shape;
const reversal = {
  mode: required(oneOf(["full", "partial"])),
  original_transaction: required(text),
  reference: required(text),
  flat_amount: integer,
  line_items: listOf(
    shape({
      amount: required(integer),
      amount_tax: required(integer),
      metadata,
      original_line_item: required(text),
      quantity: integer,
      reference: required(text),
    }),
  ),
  metadata,
  shipping_cost: unbuilt,
} satisfies Shape;
type SentReversal = Params<typeof reversal>;

/** `/v1/tax/transactions`: tax that was collected, and what of it was given back. */
export const taxTransactionRoutes: Routes = {
  [`POST ${url}/create_from_calculation`]: route(fromCalculation, (world, params) => {
    const { object: calculation } = get(
      ...[world, "tax.calculation" as const, params.calculation, "calculation"],
    );
    if ((calculation.expires_at ?? 0) <= world.now()) {
      const message = "This calculation has expired. Make a new one.";
      throw invalidRequest(message, undefined, "calculation");
    }
    const { currency, customer, customer_details, tax_date } = calculation;
    const lines = (calculation.line_items?.data ?? []).map((line) => ({
      ...line,
      metadata: line.metadata ?? {},
      reversal: null,
    }));
    return keep(world, params, lines, {
      ...{ currency, customer, customer_details, tax_date },
      posted_at: params.posted_at ?? world.now(),
      reversal: null,
      type: "transaction",
    });
  }),
  [`POST ${url}/create_reversal`]: route(reversal, (world, params) => {
    const { object: original } = get(
      ...[world, "tax.transaction" as const, params.original_transaction, "original_transaction"],
    );
    const { currency, customer, customer_details, tax_date } = original;
    return keep(world, params, reversedLines(world, original, params), {
      ...{ currency, customer, customer_details, tax_date },
      posted_at: world.now(),
      reversal: { original_transaction: original.id },
      type: "reversal",
    });
  }),
  [`GET ${url}/:id`]: retrieveRoute("tax.transaction"),
  [`GET ${url}/:id/line_items`]: route(pagingParams, (world, paging, { id }) => {
    const { line_items: lines } = get(world, "tax.transaction", id).object;
    return pageOfItems(`${url}/${id}/line_items`, lines?.data ?? [], paging);
  }),
};

function keep(
  world: World,
  sent: { reference: string; metadata?: Record<string, string> },
  lines: readonly NewLine[],
  facts: Pick<
    Transaction,
    "currency" | "customer" | "customer_details" | "posted_at" | "reversal" | "tax_date" | "type"
  >,
) {
  if (world.list("tax.transaction", { key: sent.reference, limit: 1 }).length > 0) {
    const message = `A tax transaction with the reference '${sent.reference}' exists already.`;
    throw invalidRequest(message, "resource_already_exists", "reference");
  }
  const id = world.newId("tax");
  const object: Transaction = {
    ...facts,
    id,
    object: "tax.transaction",
    created: world.now(),
    line_items: listShown(
      `${url}/${id}/line_items`,
      lines.map((line) => lineFrom(world, facts.type, line)),
    ),
    livemode: false,
    metadata: mergeMetadata({}, sent.metadata),
    reference: sent.reference,
    ship_from_details: null,
    shipping_cost: null,
  };
  return show(world, world.insert("tax.transaction", object, {}).object);
}

function lineFrom(world: World, type: Transaction["type"], line: NewLine): TaxLine {
  const { amount, amount_tax, product, quantity, reference, tax_behavior, tax_code } = line;
  return {
    id: world.newId("tax_li"),
    object: "tax.transaction_line_item",
    ...{ amount, amount_tax, livemode: false, metadata: line.metadata ?? {}, product, quantity },
    ...{ reference, reversal: line.reversal, tax_behavior, tax_code, type },
  };
}

// Undoing a reversal reverses it whole; anything else of it would be two stories of one sale.
function reversedLines(world: World, original: Transaction, sent: SentReversal): NewLine[] {
  const lines = linesLeft(world, original);
  const isOver = lines.every(([, { amount, amount_tax }]) => amount === 0 && amount_tax === 0);
  if (isOver) {
    const message = "This transaction has been reversed in full.";
    throw invalidRequest(message, undefined, "original_transaction");
  }
  if (sent.mode === "full") {
    checkAbsent(sent, "flat_amount", "line_items");
    return lines.map(([line, left]) =>
      reversing(line, { amount: -left.amount, amount_tax: -left.amount_tax }),
    );
  }
  if (original.type === "reversal") {
    throw invalidRequest("A reversal can only be reversed in full.", undefined, "mode");
  }
  if (sent.flat_amount !== undefined) {
    checkAbsent(sent, "line_items");
    const shares = shareFlat(lines, sent.flat_amount);
    return lines.flatMap(([line], place) => {
      const share = shares[place];
      return share === undefined || share.amount === 0 ? [] : [reversing(line, share)];
    });
  }
  if (sent.line_items === undefined || sent.line_items.length === 0) {
    const message = "A partial reversal needs `line_items` or a `flat_amount`.";
    throw invalidRequest(message, "parameter_missing", "line_items");
  }
  return sent.line_items.map((item, place) => named(lines, item, place));
}

function named(
  lines: readonly [TaxLine, Taxed][],
  sent: NonNullable<SentReversal["line_items"]>[number],
  place: number,
): NewLine {
  const at = `line_items[${place}]`;
  const found = lines.find(([line]) => line.id === sent.original_line_item);
  if (found === undefined) {
    throw noSuch("tax transaction line item", sent.original_line_item, `${at}[original_line_item]`);
  }
  const [line, left] = found;
  for (const field of ["amount", "amount_tax"] as const) {
    if (sent[field] <= 0 && -sent[field] <= left[field]) continue;
    const message = `The ${field} must be negative and at most what is left (${left[field]}).`;
    throw invalidRequest(message, undefined, `${at}[${field}]`);
  }
  const { amount, amount_tax, metadata: meta, quantity, reference } = sent;
  return {
    ...reversing(line, { amount, amount_tax }),
    ...(meta === undefined ? {} : { metadata: meta }),
    ...(quantity === undefined ? {} : { quantity }),
    reference,
  };
}

function reversing(line: TaxLine, taxed: Taxed): NewLine {
  return { ...line, ...taxed, metadata: {}, reversal: { original_line_item: line.id } };
}

function checkAbsent(sent: SentReversal, ...names: ("flat_amount" | "line_items")[]): void {
  const name = names.find((each) => sent[each] !== undefined);
  if (name === undefined) return;
  const message = `You cannot send \`${name}\` with what else you sent.`;
  throw invalidRequest(message, "parameters_exclusive", name);
}
