import type { Line } from "#sandbox/billing/lines";
import { itemOfLine, lineFromPending, lineOfItem } from "#sandbox/billing/pending-items";
import { priceInvoice } from "#sandbox/billing/price-invoice";
import { invalidRequest } from "#sandbox/protocol/errors";
import { changesOf, get } from "#sandbox/protocol/route";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { Row } from "#sandbox/store/objects";
import { listOf } from "#sandbox/store/views";
import type { World } from "#sandbox/world/world";

/** A draft, whose lines may still change, or Stripe's refusal. */
export function editableInvoice(
  world: World,
  id: string | undefined,
  param?: string,
): Row<"invoice"> {
  const row = get(world, "invoice", id, param);
  if (row.object.status === "draft") return row;
  const message = "This invoice is no longer editable";
  throw invalidRequest(message, "invoice_not_editable", param);
}

/** Puts an item on a draft. */
export function takeItemLine(world: World, draft: Row<"invoice">, item: Row<"invoiceitem">): Line {
  const line = lineFromPending(world, item, draft.object.id);
  setLines(world, draft, [...draft.object.lines.data, line]);
  return line;
}

/** Writes a changed or deleted item anew on its draft. */
export function refreshItemLine(world: World, item: Row<"invoiceitem">): void {
  const draft = world.find("invoice", item.object.invoice ?? "");
  if (draft === undefined) return;
  const isGone = world.find("invoiceitem", item.object.id)?.isDeleted === true;
  const lines = draft.object.lines.data.flatMap((line) => {
    if (itemOfLine(line) !== item.object.id) return [line];
    return isGone ? [] : [{ ...lineOfItem(item.object, draft.object.id), id: line.id }];
  });
  setLines(world, draft, lines);
}

/** Gives a draft other lines and works it out anew. */
export function setLines(world: World, draft: Row<"invoice">, lines: readonly Line[]): void {
  const data = lines.map((line) => ({ ...line, invoice: draft.object.id }));
  changeDraft(world, draft, { lines: listOf(`/v1/invoices/${draft.object.id}/lines`, data) });
}

/** Changes a draft and works it out anew. */
export function changeDraft(
  world: World,
  draft: Row<"invoice">,
  changes: Partial<ObjectOf<"invoice">>,
): void {
  const before = draft.object;
  draft.object = priceInvoice(world, { ...before, ...changes });
  world.save(draft);
  const previous = changesOf<"invoice">(before, draft.object);
  if (Object.keys(previous).length > 0) world.emit("invoice.updated", draft.object, previous);
}
