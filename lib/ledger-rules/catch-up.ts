import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { nameOf } from "#lib/db/upsert-rows";
import type { Effects } from "#lib/events/converger";
import { enqueue } from "#lib/jobs/enqueue";
import { claimedTypes } from "#lib/ledger-rules/claims";
import { postMirrors, type Target } from "#lib/ledger-rules/post-mirrors";
import { mirrors } from "#lib/mirror/mirrors";
import type { StripeObjectType } from "#lib/stripe/object-types";

const pageSize = 200;
const turnMs = 10_000;

/** Invoices before their credit notes, charges before their refunds: fewer have to wait. */
const order: readonly StripeObjectType[] = [
  ...(["invoice", "charge"] as const),
  ...claimedTypes.filter((type) => type !== "invoice" && type !== "charge"),
  "balance_transaction",
];

/**
 * Posts whatever mirrors say and has no entry: the history from before the ledger, and what is
 * found to be missing. It walks them all in the order of their ids, keeps where it is with each
 * page, and goes on there whoever died. Answers how many entries are new.
 */
export async function catchUp(
  ctx: Context,
  { again = false }: { again?: boolean | undefined },
  effects: Effects,
  untilMs = Date.now() + turnMs,
): Promise<number> {
  if (again) await beginAgain(ctx);
  let posted = 0;
  for (const type of order) {
    for (let isDone = false; !isDone; ) {
      const page = await walkPage(ctx, type, effects);
      posted += page.posted;
      isDone = page.isDone;
      if (isDone || Date.now() < untilMs) continue;
      await transact(ctx, "ledger.go-on", (tx) => enqueue(tx, "ledger.catch-up", {}));
      return posted;
    }
  }
  return posted;
}

async function beginAgain(ctx: Context): Promise<void> {
  const fresh = { afterAccount: "", afterId: "", finishedAt: null, seen: 0, posted: 0 };
  await transact(ctx, "ledger.walk-again", (tx) => tx.ledgerWalk.updateMany({ data: fresh }));
}

async function walkPage(ctx: Context, type: StripeObjectType, effects: Effects) {
  return transact(ctx, "ledger.catch-up", async (tx) => {
    await tx.$executeRaw`insert into ledger_walks (object_type) values (${type})
      on conflict (object_type) do nothing`;
    const [at] = await tx.$queryRaw<{ account: string; id: string; finishedAt: Date | null }[]>`
      select after_account as account, after_id as id, finished_at as "finishedAt"
      from ledger_walks where object_type = ${type} for update`;
    if (!at || at.finishedAt) return { posted: 0, isDone: true };
    const targets = await tx.$queryRaw<Target[]>`
      select account, id from ${nameOf(mirrors[type].table)}
      where (account, id) > (${at.account}, ${at.id}) order by account, id limit ${pageSize}`;
    const posted = await postMirrors(tx, ctx, type, targets, effects);
    const last = targets.at(-1);
    const isDone = targets.length < pageSize;
    await tx.ledgerWalk.update({
      where: { objectType: type },
      data: {
        ...(last && { afterAccount: last.account, afterId: last.id }),
        ...{ seen: { increment: targets.length }, posted: { increment: posted } },
        finishedAt: isDone ? ctx.now() : null,
      },
    });
    return { posted, isDone };
  });
}
