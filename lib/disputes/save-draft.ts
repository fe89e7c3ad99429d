import { transact } from "#lib/db/transaction";
import { type Answerer, requireAnswerer } from "#lib/disputes/answerer";
import { charactersIn, mostCharacters, type Texts } from "#lib/disputes/evidence";
import type { DraftInput } from "#lib/disputes/input";
import { edited, findToAnswer, takeDraft } from "#lib/disputes/store";
import { Refusal } from "#lib/errors";

/** Keeps what was written so far. What somebody else wrote meanwhile is not overwritten. */
export async function saveDraft(
  ctx: Answerer,
  { disputeId, texts, seen }: DraftInput & { disputeId: string },
): Promise<{ editedAt: Date }> {
  requireAnswerer(ctx);
  const written = Object.fromEntries(Object.entries(texts).filter(([, text]) => text)) as Texts;
  if (charactersIn(written) > mostCharacters) {
    const most = mostCharacters.toLocaleString("en");
    throw new Refusal("invalid", `All texts together have at most ${most} characters.`);
  }

  return transact(ctx, "disputes.save-draft", async (tx) => {
    const draft = await takeDraft(ctx, tx, await findToAnswer(tx, ctx, disputeId));
    if (seen && draft.editedAt > new Date(seen)) {
      const message = "Somebody else changed this answer meanwhile. Open it anew, then go on.";
      throw new Refusal("conflict", message);
    }
    const data = { ...edited(ctx, draft), texts: written };
    await tx.disputeAnswer.update({ where: { id: draft.id }, data });
    return { editedAt: data.editedAt };
  });
}
