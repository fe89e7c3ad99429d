import type { Context } from "#lib/context";
import { transact } from "#lib/db/transaction";
import { amountOf, mailMoneyPeople } from "#lib/disputes/mail-about-disputes";
import { isSale } from "#lib/disputes/store";
import { asSystem } from "#lib/tenancy/as-system";

type Row = {
  id: string;
  tenantId: string;
  dueAt: Date;
  minor: bigint;
  currency: string;
  hasDraft: boolean;
};

const hourMs = 3_600_000;
/** How long before the deadline people are written to, each once. */
const reminders = [
  { name: "1d", ms: 24 * hourMs, words: "within a day" },
  { name: "3d", ms: 72 * hourMs, words: "within three days" },
] as const;

/** Writes before the deadline of every dispute that nobody has answered. */
export async function remindDeadlines(ctx: Context): Promise<number> {
  const now = ctx.now();
  const [, first] = reminders;
  return transact(asSystem(ctx), "disputes.remind-deadlines", async (tx) => {
    const rows = await tx.$queryRaw<Row[]>`
      select d.id, d.tenant_id as "tenantId", d.due_at as "dueAt", d.amount_minor as minor,
        d.currency, a.id is not null as "hasDraft"
      from stripe_disputes d
      left join dispute_answers a on a.account = d.account and a.dispute_id = d.id
        and a.stage = (case when d.status like 'warning%' then 'inquiry' else 'dispute' end)
          ::dispute_stage
      where d.status in ('needs_response', 'warning_needs_response') and not d.is_deleted
        and d.due_at > ${now} and d.due_at <= ${new Date(now.getTime() + first.ms)}
        and d.tenant_id is not null and (a.id is null or a.status in ('draft', 'failed'))
        and ${isSale}
      order by d.due_at limit 500`;
    for (const { id, tenantId, dueAt, minor, currency, hasDraft } of rows) {
      const left = dueAt.getTime() - now.getTime();
      const { name, words } = reminders.find(({ ms }) => left <= ms)!;
      const amount = amountOf({ data: { minor: String(minor), currency } });
      await mailMoneyPeople(
        ...([tx, ctx, { reference: `dispute:${id}:due:${name}`, tenantId }] as const),
        {
          heading: `The dispute of ${amount} must be answered ${words}`,
          line: hasDraft
            ? "There is a draft, and it was not handed in. Without an answer the dispute is lost."
            : "Nobody has begun an answer. Without one the dispute is lost.",
          ...{ action: "Answer it", path: `/disputes/${id}` },
        },
      );
    }
    return rows.length;
  });
}
