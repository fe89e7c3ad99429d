import { blankItem, itemFrom } from "#sandbox/billing/invoice-item";
import {
  editableInvoice,
  refreshItemLine,
  setLines,
  takeItemLine,
} from "#sandbox/billing/invoice-lines";
import { itemOfLine } from "#sandbox/billing/pending-items";
import { noSuch } from "#sandbox/protocol/errors";
import {
  listOf,
  oneOf,
  type Params,
  required,
  type Shape,
  shape,
  text,
  unbuilt,
} from "#sandbox/protocol/params";
import { get, pageSize, pagingParams, type Routes, route } from "#sandbox/protocol/route";
import { type ItemSent, itemFields } from "#sandbox/resources/invoice-item-fields";
import type { Row } from "#sandbox/store/objects";
import { show } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

const { tax_behavior: _behavior, tax_code: _code, ...lineFields } = itemFields;
const lineShape = { ...lineFields, tax_amounts: unbuilt } satisfies Shape;
const url = "/v1/invoices";

/** The lines of an invoice, which may be changed while it is a draft. */
export const invoiceLineRoutes: Routes = {
  [`GET ${url}/:id/lines`]: route(pagingParams, (world, { limit, starting_after }, { id }) => {
    const { data } = get(world, "invoice", id).object.lines;
    const from = starting_after ? data.findIndex((line) => line.id === starting_after) + 1 : 0;
    const page = data.slice(from, from + pageSize(limit));
    const hasMore = from + page.length < data.length;
    return { object: "list", url: `${url}/${id}/lines`, has_more: hasMore, data: page };
  }),
  [`POST ${url}/:id/lines/:id`]: route(lineShape, (world, sent, { id, sub }) => {
    const draft = editableInvoice(world, id);
    changeLine(world, draft, sub ?? "", sent);
    const line = draft.object.lines.data.find((each) => each.id === sub);
    return show(world, line);
  }),
  [`POST ${url}/:id/add_lines`]: route(
    {
      lines: required(listOf(shape({ ...lineShape, invoice_item: text }))),
      invoice_metadata: unbuilt,
    },
    (world, { lines }, { id }) => {
      const draft = editableInvoice(world, id);
      for (const line of lines) addLine(world, draft, line);
      return show(world, draft.object);
    },
  ),
  [`POST ${url}/:id/update_lines`]: route(
    {
      lines: required(listOf(shape({ ...lineShape, id: required(text) }))),
      invoice_metadata: unbuilt,
    },
    (world, { lines }, { id }) => {
      const draft = editableInvoice(world, id);
      for (const { id: line, ...sent } of lines) changeLine(world, draft, line, sent);
      return show(world, draft.object);
    },
  ),
  [`POST ${url}/:id/remove_lines`]: route(
    {
      lines: required(
        listOf(shape({ id: required(text), behavior: required(oneOf(["delete", "unassign"])) })),
      ),
      invoice_metadata: unbuilt,
    },
    (world, { lines }, { id }) => {
      const draft = editableInvoice(world, id);
      for (const line of lines) removeLine(world, draft, line.id, line.behavior);
      return show(world, draft.object);
    },
  ),
};

type NewLine = Params<typeof lineShape> & { invoice_item?: string };

function addLine(world: World, draft: Row<"invoice">, { invoice_item, ...sent }: NewLine): void {
  if (invoice_item !== undefined) {
    takeItemLine(world, draft, get(world, "invoiceitem", invoice_item, "lines[invoice_item]"));
    return;
  }
  const customer = get(world, "customer", draft.object.customer ?? "").object;
  const blank = blankItem(world, customer, draft.object.currency);
  const row = world.insert("invoiceitem", itemFrom(world, blank, sent), {}, world.now());
  takeItemLine(world, draft, row);
}

function changeLine(world: World, draft: Row<"invoice">, id: string, sent: ItemSent): void {
  const item = world.find("invoiceitem", itemOfLine(lineOf(draft, id)) ?? "");
  if (item === undefined) {
    const { description, metadata: meta } = sent;
    const lines = draft.object.lines.data.map((line) =>
      line.id === id
        ? { ...line, description: description ?? line.description, metadata: meta ?? line.metadata }
        : line,
    );
    setLines(world, draft, lines);
    return;
  }
  item.object = itemFrom(world, item.object, sent);
  world.save(item);
  refreshItemLine(world, item);
  draft.object = get(world, "invoice", draft.object.id).object;
}

function removeLine(
  world: World,
  draft: Row<"invoice">,
  id: string,
  behavior: "delete" | "unassign",
): void {
  const item = world.find("invoiceitem", itemOfLine(lineOf(draft, id)) ?? "");
  const rest = draft.object.lines.data.filter((line) => line.id !== id);
  setLines(world, draft, rest);
  if (item === undefined) return;
  if (behavior === "delete") world.remove(item);
  item.object = { ...item.object, invoice: null };
  world.save(item);
}

function lineOf(draft: Row<"invoice">, id: string) {
  const line = draft.object.lines.data.find((each) => each.id === id);
  if (line === undefined) throw noSuch("invoice line item", id, "line");
  return line;
}
