import type { Tx } from "#lib/db/client";
import type { NewSchedule, Relief, Schedule } from "#lib/ledger-rules/schedule";

/** The schedules of invoices, held until the transaction ends: who reads them writes them. */
export async function readSchedules(tx: Tx, invoiceIds: readonly string[]): Promise<Schedule[]> {
  if (invoiceIds.length === 0) return [];
  return tx.$queryRaw<Schedule[]>`
    select line_id as "lineId", invoice_id as "invoiceId", subject, about_tenant_id as "tenantId",
      code, currency, plan, minor, from_day as "from", to_day as "to",
      unearned_minor as "unearnedMinor", earned_minor as "earnedMinor", next_day as "nextDay"
    from revenue_schedules where invoice_id = any(${[...new Set(invoiceIds)]}::text[])
    order by invoice_id, line_id for update`;
}

/** Keeps what is to be earned of lines that were billed. One that is known stays as it is. */
export async function addSchedules(tx: Tx, added: readonly NewSchedule[]): Promise<void> {
  if (added.length === 0) return;
  const rows = added.map(({ minor, from, to, ...one }) => ({
    ...{ ...one, minor: String(minor), from: from.toISOString(), to: to.toISOString() },
  }));
  await tx.$executeRaw`
    insert into revenue_schedules (line_id, invoice_id, about_tenant_id, subject, code, currency,
      plan, minor, from_day, to_day, unearned_minor, next_day)
    select "lineId", "invoiceId", "tenantId", subject, code, currency, plan, minor, "from", "to",
      minor, "from"
    from json_to_recordset(${JSON.stringify(rows)}::json) as row ("lineId" text, "invoiceId" text,
      "tenantId" text, subject text, code text, currency text, plan text, minor bigint,
      "from" date, "to" date)
    on conflict (line_id) do nothing`;
}

/** Takes credits off what is still to be earned, which from now on is spread over what is left. */
export async function relieveSchedules(tx: Tx, relief: readonly Relief[]): Promise<void> {
  if (relief.length === 0) return;
  const rows = relief.map(({ lineId, minor }) => ({ lineId, minor: String(minor) }));
  await tx.$executeRaw`
    update revenue_schedules s set unearned_minor = s.unearned_minor - s.earned_minor - r.minor,
      earned_minor = 0, from_day = s.next_day, is_done = s.unearned_minor - s.earned_minor = r.minor
    from (select "lineId", sum(minor) as minor
      from json_to_recordset(${JSON.stringify(rows)}::json) as row ("lineId" text, minor bigint)
      group by 1) r
    where s.line_id = r."lineId"`;
}
