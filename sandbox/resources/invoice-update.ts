import { giveDiscounts } from "#sandbox/billing/discounts";
import { changeDraft } from "#sandbox/billing/invoice-lines";
import { itemOfLine } from "#sandbox/billing/pending-items";
import { finalizeLater } from "#sandbox/billing/start-subscription";
import { invalidRequest } from "#sandbox/protocol/errors";
import { changesOf, mergeMetadata } from "#sandbox/protocol/route";
import { type InvoiceSent, plainFrom } from "#sandbox/resources/invoice-fields";
import type { Row } from "#sandbox/store/objects";
import type { World } from "#sandbox/world/world";

const secondsUntilTried = 3600;
const alwaysEditable = ["auto_advance", "default_payment_method", "description", "metadata"];

/** Changes an invoice: all of a draft, little of one that is final. */
export function updateInvoice(world: World, row: Row<"invoice">, sent: InvoiceSent): void {
  const before = row.object;
  const metadata = mergeMetadata(before.metadata ?? {}, sent.metadata ?? undefined);
  const changes = { ...plainFrom(world, before, sent), metadata };
  if (before.status !== "draft") {
    const fixed = Object.keys(sent).find((name) => !alwaysEditable.includes(name));
    if (fixed !== undefined) {
      const message = "Finalized invoices can't be updated in this way";
      throw invalidRequest(message, "invoice_not_editable", fixed);
    }
    row.object = { ...before, ...changes };
    world.save(row);
    world.emit("invoice.updated", row.object, changesOf<"invoice">(before, row.object));
    return;
  }
  const { customer, customer_account, currency, id } = before;
  const owner = { customer, customer_account: customer_account ?? null, invoice: id };
  const discounts =
    sent.discounts === undefined
      ? {}
      : {
          discounts: giveDiscounts(world, sent.discounts ?? [], owner, { customer, currency }),
        };
  changeDraft(world, row, { ...changes, ...discounts });
  if (sent.auto_advance === true && before.auto_advance !== true) finalizeLater(world, row);
  if (sent.auto_advance === false) {
    world.unschedule("invoice.finalize", id);
    row.object = { ...row.object, automatically_finalizes_at: null, next_payment_attempt: null };
    world.save(row);
  }
}

/** An invoice that advances by itself is tried an hour after it was made final. */
export function collectLater(world: World, row: Row<"invoice">): void {
  const { auto_advance, collection_method, status, id } = row.object;
  if (status !== "open" || !auto_advance || collection_method !== "charge_automatically") return;
  const next = world.now() + secondsUntilTried;
  row.object = { ...row.object, next_payment_attempt: next };
  world.save(row);
  world.schedule("invoice.retry", id, next);
}

/** Deletes a draft, and its items with it: they do not wait for another invoice. */
export function deleteDraft(world: World, row: Row<"invoice">): void {
  world.unschedule("invoice.finalize", row.object.id);
  for (const line of row.object.lines.data) {
    const item = world.find("invoiceitem", itemOfLine(line) ?? "");
    if (item !== undefined) world.remove(item);
  }
  world.remove(row);
  world.emit("invoice.deleted", row.object);
}
