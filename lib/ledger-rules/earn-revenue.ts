import type { Context } from "#lib/context";
import type { Tx } from "#lib/db/client";
import { transact } from "#lib/db/transaction";
import { account, type Entry, type Move, platformBook } from "#lib/ledger/entry";
import { shift } from "#lib/ledger-rules/claim";
import { readSchedules } from "#lib/ledger-rules/keep-schedules";
import { postOpen } from "#lib/ledger-rules/post-open";
import { addDays, dayOf, earnedBy, type Schedule } from "#lib/ledger-rules/schedule";

const invoicesAtOnce = 100;
/** Of one invoice in one transaction; a year that was missed takes some. */
const daysAtOnce = 40;

/**
 * Earns what is billed, a day at a time, up to the day that ended last; days that nobody was there
 * for are made up for, each by itself. Answers how many entries are new.
 */
export async function earnRevenue(
  ctx: Context,
  untilMs = Number.POSITIVE_INFINITY,
): Promise<number> {
  const lastDay = addDays(dayOf(ctx.now()), -1);
  for (let posted = 0; ; ) {
    const turn = await earnSome(ctx, lastDay);
    posted += turn.posted;
    if (turn.isDone || Date.now() > untilMs) return posted;
  }
}

async function earnSome(ctx: Context, lastDay: Date) {
  return transact(ctx, "ledger.earn", async (tx) => {
    const due = await tx.$queryRaw<{ invoiceId: string }[]>`
      select distinct invoice_id as "invoiceId" from (
        select invoice_id from revenue_schedules
        where not is_done and next_day <= ${lastDay.toISOString().slice(0, 10)}::date
        order by next_day, invoice_id limit ${invoicesAtOnce}) due`;
    const schedules = await readSchedules(
      tx,
      due.map(({ invoiceId }) => invoiceId),
    );
    const earned = due.map(({ invoiceId }) => {
      return earnInvoice(invoiceId, schedules, lastDay);
    });
    const fresh = await postOpen(
      tx,
      earned.flatMap(({ entries }) => entries),
      ctx,
    );
    await keepEarned(
      tx,
      earned.flatMap((one) => one.schedules),
    );
    return {
      posted: fresh.size,
      isDone: due.length === 0 || earned.every((one) => one.schedules.length === 0),
    };
  });
}

/** The days of an invoice that are due, one entry each, and its schedules as they are then. */
function earnInvoice(invoiceId: string, all: readonly Schedule[], lastDay: Date) {
  let schedules = all.filter((one) => one.invoiceId === invoiceId && !isOver(one));
  const first = Math.min(...schedules.map(({ nextDay }) => nextDay.getTime()));
  const entries: Entry[] = [];
  for (let days = 0; days < daysAtOnce; days += 1) {
    const day = addDays(new Date(first), days);
    if (day > lastDay || schedules.length === 0) break;
    const earning = schedules.map((one) => earnDay(one, day));
    const moves = earning.flatMap((one) => one.moves);
    if (moves.length > 0) entries.push(entryOf(invoiceId, day, schedules[0]!, moves));
    schedules = earning.map(({ schedule }) => schedule);
  }
  return { entries, schedules };
}

function isOver({ unearnedMinor, earnedMinor }: Schedule): boolean {
  return unearnedMinor === earnedMinor;
}

function earnDay(schedule: Schedule, day: Date): { schedule: Schedule; moves: Move[] } {
  const { subject, code, currency, plan, unearnedMinor, earnedMinor, from, to, nextDay } = schedule;
  if (nextDay > day) return { schedule, moves: [] };
  const reached = earnedBy(unearnedMinor, from, to, day);
  const [earned, deferred] = [account(code), account("deferred", subject)];
  const moves = shift(reached - earnedMinor, currency, earned, deferred, plan ?? undefined);
  return { schedule: { ...schedule, earnedMinor: reached, nextDay: addDays(day, 1) }, moves };
}

function entryOf(invoiceId: string, day: Date, { tenantId }: Schedule, moves: Move[]): Entry {
  return {
    book: platformBook,
    reference: `earned:${invoiceId}:${day.toISOString().slice(0, 10)}`,
    kind: "revenue.earned",
    // The last instant of the day: it is earned once it is over.
    effectiveAt: new Date(addDays(day, 1).getTime() - 1),
    about: { ...(tenantId && { tenantId }), objectId: invoiceId },
    moves,
  };
}

async function keepEarned(tx: Tx, schedules: readonly Schedule[]): Promise<void> {
  if (schedules.length === 0) return;
  const rows = schedules.map(({ lineId, earnedMinor, nextDay }) => ({
    ...{ lineId, earned: String(earnedMinor), nextDay: nextDay.toISOString() },
  }));
  await tx.$executeRaw`
    update revenue_schedules s set earned_minor = r.earned, next_day = r."nextDay",
      is_done = s.unearned_minor = r.earned
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as r ("lineId" text, earned bigint, "nextDay" date)
    where s.line_id = r."lineId"`;
}
