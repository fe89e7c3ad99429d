import { transact, view } from "#lib/db/transaction";
import type { FileView } from "#lib/disputes/answer";
import { type Answerer, requireAnswerer } from "#lib/disputes/answerer";
import { documentTypeOf, type FileField, mostDocumentBytes } from "#lib/disputes/evidence";
import { edited, findAnswer, findToAnswer, takeDraft } from "#lib/disputes/store";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { type StripeGateway, stripeGateway } from "#lib/stripe/gateway";

export type NewFile = { disputeId: string; field: FileField; name: string; bytes: Uint8Array };

/**
 * Hands a document to Stripe and keeps its id as a piece of the draft, in the place of the one that
 * was there. What it is, is read off its bytes; all of a draft's together have Stripe's limit.
 */
export async function addFile(
  ctx: Answerer,
  { disputeId, field, name, bytes }: NewFile,
  gateway: StripeGateway = stripeGateway(),
): Promise<FileView> {
  requireAnswerer(ctx);
  const type = documentTypeOf(bytes);
  if (!type) throw new Refusal("invalid", "Choose a PDF, a JPEG or a PNG.", { field: "file" });
  const { account } = await view(ctx, async (tx) => {
    const dispute = await findToAnswer(tx, ctx, disputeId);
    const answer = await findAnswer(tx, dispute);
    requireRoom(answer?.files ?? [], field, bytes.byteLength);
    return dispute;
  });
  const { fileId } = await gateway.uploadEvidence({ account, name, type, bytes });

  return transact(ctx, "disputes.add-file", async (tx) => {
    const draft = await takeDraft(ctx, tx, await findToAnswer(tx, ctx, disputeId));
    requireRoom(draft.files, field, bytes.byteLength);
    await tx.disputeAnswer.update({ where: { id: draft.id }, data: edited(ctx, draft) });
    await tx.disputeFile.deleteMany({ where: { answerId: draft.id, field } });
    const { userId: addedById } = ctx;
    const addedAt = ctx.now();
    const id = newId("disputeFile", addedAt);
    const file = { id, field, fileId, name, type, bytes: bytes.byteLength, addedAt };
    const of = { tenantId: draft.tenantId, answerId: draft.id, addedById };
    await tx.disputeFile.create({ data: { ...file, ...of } });
    return file;
  });
}

function requireRoom(
  files: readonly { field: string; bytes: number }[],
  field: FileField,
  more: number,
): void {
  const others = files.filter((file) => file.field !== field);
  const used = others.reduce((sum, { bytes }) => sum + bytes, 0);
  if (used + more <= mostDocumentBytes) return;
  const left = Math.max(0, mostDocumentBytes - used) / 1_000_000;
  throw new Refusal(
    "too_large",
    `All documents together have at most 4.5 MB; ${left.toFixed(1)} MB are left for this one.`,
    { field: "file" },
  );
}
