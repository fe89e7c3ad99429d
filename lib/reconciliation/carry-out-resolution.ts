import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import type { ReconciliationBreak, Resolution } from "#lib/db/generated/client";
import { transact, view } from "#lib/db/transaction";
import { invariant, messageOf, Refusal } from "#lib/errors";
import type { Effects } from "#lib/events/converger";
import { account, type Move } from "#lib/ledger/entry";
import { recountLedger } from "#lib/ledger/recount-ledger";
import { postMirrors } from "#lib/ledger-rules/post-mirrors";
import { postOpen } from "#lib/ledger-rules/post-open";
import { accountOf } from "#lib/reconciliation/check-open";
import type { CheckName } from "#lib/reconciliation/checks";
import { closingMoves } from "#lib/reconciliation/closing-moves";
import { resolutionInput } from "#lib/reconciliation/input";
import type { Tools } from "#lib/reconciliation/reconcile-book";
import { reconcileBook } from "#lib/reconciliation/reconcile-changes";
import { objectTypeOf, refetch } from "#lib/reconciliation/refetch";
import { tellResolved } from "#lib/reconciliation/tell-outside";

type Decided = Resolution & { found: ReconciliationBreak };

/**
 * Does what was decided about a break, once, and compares its account anew. What cannot be done is
 * said on the resolution, and the break stays open.
 */
export async function carryOutResolution(
  ctx: Context,
  { resolutionId }: { resolutionId: string },
  tools: Tools,
): Promise<void> {
  const decided = await view(ctx, (tx) =>
    tx.resolution.findUnique({ where: { id: resolutionId }, include: { found: true } }),
  );
  if (decided?.status !== "decided") return;
  try {
    if (decided.kind === "refetch") await refetch(ctx, decided.found);
    if (decided.kind === "post") await mendBalances(ctx, decided);
    await transact(ctx, "reconciliation.carry-out", async (tx) => {
      const entry = await actOn(tx, ctx, decided, tools.effects);
      await tx.resolution.updateMany({
        where: { id: resolutionId, status: "decided" },
        data: { status: "done", doneAt: ctx.now(), entry },
      });
    });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    await transact(ctx, "reconciliation.carry-out", (tx) =>
      tx.resolution.updateMany({
        where: { id: resolutionId, status: "decided" },
        data: { status: "failed", doneAt: ctx.now(), error: messageOf(error) },
      }),
    );
  }
  await reconcileBook(ctx, tools, decided.found.book);
}

/** What is written for a decision; answers with the reference of its entry, where it posted one. */
async function actOn(
  tx: Tx,
  ctx: Context,
  decided: Decided,
  effects: Effects,
): Promise<string | null> {
  const { found, kind } = decided;
  if (kind === "post") await postMissing(tx, ctx, found, effects);
  if (kind === "adjust") return post(tx, ctx, decided, adjustmentOf(decided));
  if (kind !== "write_off") return null;
  const accepted = await tx.reconciliationBreak.updateManyAndReturn({
    where: { id: found.id, status: { not: "gone" } },
    data: { status: "accepted", expectedUntil: null },
  });
  await tellResolved(tx, ctx, { breaks: accepted, how: "accepted" }, effects);
  const moves = closingMoves({ ...found, check: found.check as CheckName });
  return moves.length > 0 ? post(tx, ctx, decided, moves) : null;
}

/**
 * Works out anew what is kept of a book, where that still holds what was removed, so that it is not
 * counted twice once it is posted again. By itself: it costs by all of the book's history, and one
 * that is cut off goes on with the decision's next try.
 */
function mendBalances(ctx: Context, { decidedAt, proposedAt, found }: Decided): Promise<void> {
  return recountLedger(ctx, { book: found.book, since: decidedAt ?? proposedAt });
}

/** Posts what the mirrors of a break's object say, by the rules every object goes by. */
async function postMissing(
  tx: Tx,
  ctx: Context,
  { book, reference, check }: ReconciliationBreak,
  effects: Effects,
): Promise<void> {
  if (check === "ledger") return;
  const id = reference.split("/")[0]!;
  const type = objectTypeOf(id);
  if (!type) {
    const message = "No single object stands behind this break, so nothing of it can be posted.";
    throw new Refusal("unprocessable", `${message} Post an adjustment.`);
  }
  await postMirrors(tx, ctx, type, [{ account: accountOf(book), id }], effects);
}

function adjustmentOf({ kind, note, detail }: Resolution): Move[] {
  const input = resolutionInput.parse({ kind, note, ...(detail as object) });
  invariant(input.kind === "adjust", "an adjustment without its move");
  const { from, to, currency, minor } = input;
  return [
    {
      from: account(from.code, from.subject),
      to: account(to.code, to.subject),
      ...{ minor: BigInt(minor), currency },
    },
  ];
}

async function post(
  tx: Tx,
  ctx: Context,
  { id, kind, found }: Decided,
  moves: readonly Move[],
): Promise<string> {
  const reference = `resolution:${id}`;
  const entry = {
    ...{ book: found.book, reference, moves, effectiveAt: ctx.now() },
    kind: kind === "adjust" ? "reconciliation.adjusted" : "reconciliation.written_off",
    about: { objectId: found.reference, ...(found.tenantId && { tenantId: found.tenantId }) },
  };
  await postOpen(tx, [entry], ctx);
  return reference;
}
