import type { Tx } from "#lib/db/client";
import { type DisputeAnswer, type DisputeFile, Prisma } from "#lib/db/generated/client";
import { type AnswerEvent, type AnswerStatus, answerLifecycle } from "#lib/disputes/answer";
import type { Answerer } from "#lib/disputes/answerer";
import { type DisputeFacts, disputeOf, type Stage } from "#lib/disputes/dispute";
import { Refusal } from "#lib/errors";
import { newId } from "#lib/ids";
import { advance } from "#lib/lifecycle";

/**
 * True of what was sold by a tenant: on its own account, or on the platform's to be passed on. What
 * a tenant itself pays the platform is neither. `d` is a mirror that names a charge.
 */
export const isSale = Prisma.sql`(d.account <> '' or exists (
  select from stripe_charges c where c.account = '' and c.id = d.charge_id and (
    c.object #>> '{transfer_data,destination}' is not null
    or c.object ->> 'on_behalf_of' is not null
    or c.object #>> '{metadata,tenant_id}' is not null
    or exists (select from stripe_transfers t
      where t.account = '' and t.source_transaction_id = c.id))))`;

export type MirrorRow = { account: string; id: string; object: unknown };

/** A dispute with whose sale it is of; null: of what somebody paid the platform. */
export type Found = DisputeFacts & { sellerId: string | null };

/**
 * A dispute whoever asks may read: a workspace those of its own sales, the platform every one.
 * Refuses others in the same words as one there is not.
 */
export async function findDispute(tx: Tx, ctx: Answerer, id: string): Promise<Found> {
  const theirs =
    "tenantId" in ctx ? Prisma.sql`and d.tenant_id = ${ctx.tenantId} and ${isSale}` : Prisma.empty;
  const [row] = await tx.$queryRaw<(MirrorRow & { sellerId: string | null })[]>`
    select d.account, d.id, d.object, case when ${isSale} then d.tenant_id end as "sellerId"
    from stripe_disputes d where d.id = ${id} and not d.is_deleted ${theirs}`;
  if (!row) throw new Refusal("not_found", "There is no such dispute.");
  return { ...disputeOf(row), sellerId: row.sellerId };
}

/** The same to be answered. The platform answers for its own balance, never for another's. */
export async function findToAnswer(tx: Tx, ctx: Answerer, id: string): Promise<Found> {
  const dispute = await findDispute(tx, ctx, id);
  if (!("tenantId" in ctx) && dispute.bearer === "tenant") {
    const message = "This payment was made on the company's own account, so the company answers.";
    throw new Refusal("conflict", message);
  }
  requireOpen(dispute, ctx.now());
  return dispute;
}

/** Refuses where Stripe takes no answer any more. */
function requireOpen({ isOpen, dueAt }: DisputeFacts, now: Date): void {
  if (!isOpen) {
    throw new Refusal("conflict", "The bank does not wait for an answer to this dispute any more.");
  }
  if (dueAt && dueAt <= now) {
    throw new Refusal("gone", "The deadline of this dispute has passed; no answer is taken now.");
  }
}

type Whole = DisputeAnswer & { files: DisputeFile[] };
type Key = { account: string; id: string; stage: Stage };

/** The answer to one stage of a dispute, with its documents; null where nobody began one. */
export function findAnswer(tx: Tx, { account, id, stage }: Key): Promise<Whole | null> {
  return tx.disputeAnswer.findUnique({
    where: { account_disputeId_stage: { account, disputeId: id, stage } },
    include: { files: { orderBy: { addedAt: "asc" } } },
  });
}

/** The answer under one's hands, locked: a draft, begun where there was none. */
export async function takeDraft(ctx: Answerer, tx: Tx, key: Found): Promise<Whole> {
  const { userId: editedById } = ctx;
  const { account, id: disputeId, stage, sellerId: tenantId } = key;
  const editedAt = ctx.now();
  await tx.disputeAnswer.createMany({
    data: {
      ...{ id: newId("disputeAnswer", editedAt), tenantId, account, disputeId, stage },
      ...{ status: "draft", editedById, editedAt },
    },
    skipDuplicates: true,
  });
  await tx.$executeRaw`select from dispute_answers
    where account = ${account} and dispute_id = ${disputeId}
      and stage = ${stage}::dispute_stage for update`;
  const draft = await findAnswer(tx, key);
  if (!draft) {
    const message = "The platform has begun to answer this dispute. Write to us what you know.";
    throw new Refusal("conflict", message);
  }
  if (draft.tenantId === tenantId) return draft;
  // It was begun before it was known whose sale it is of.
  await tx.disputeFile.updateMany({ where: { answerId: draft.id }, data: { tenantId } });
  await tx.disputeAnswer.update({ where: { id: draft.id }, data: { tenantId } });
  return { ...draft, tenantId };
}

/** What a change makes of an answer: a failed one is a draft again. */
export function edited(ctx: Answerer, { status }: Pick<DisputeAnswer, "status">) {
  const next = advance<AnswerStatus, AnswerEvent>(answerLifecycle, "answer", status, "edit");
  return {
    ...{ status: next, decision: null, decidedAt: null, decidedById: null, error: null },
    ...{ sent: Prisma.DbNull, editedById: ctx.userId, editedAt: ctx.now() },
  };
}
