import type { Tx } from "#lib/db/client";
import type { StripeReport } from "#lib/db/generated/client";
import type { Finding } from "#lib/reconciliation/break";
import { accountOf } from "#lib/reconciliation/check-open";

type Row = {
  id: string;
  currency: string;
  said: bigint | null;
  kept: bigint | null;
  fee: bigint | null;
  at: Date;
};

const mostFound = 1_000;

/**
 * A report's lines beside the mirrors of its time: what was never read, what the report is without,
 * and what it says otherwise. A report that lists no payout is one of activity, which is without
 * them; a file that a person brought may be of some currencies alone.
 */
export async function compareReport(
  tx: Tx,
  report: StripeReport,
): Promise<{ matched: number; findings: Finding[] }> {
  const { id, book, fromAt, toAt, source } = report;
  const account = accountOf(book);
  const [counted] = await tx.$queryRaw<{ matched: number }[]>`
    select count(*)::integer as matched from stripe_report_lines s
      join stripe_balance_transactions t on t.account = ${account} and t.id = s.reference
    where s.report_id = ${id} and not t.is_deleted and s.net_minor = t.net_minor
      and s.fee_minor = t.fee_minor and s.currency = t.currency`;
  const rows = await tx.$queryRaw<Row[]>`
    with said as (select * from stripe_report_lines where report_id = ${id}),
    lists as materialized (
      select array_agg(distinct currency) as currencies,
        coalesce(bool_or(category like 'payout%'), false) as payouts from said
    )
    select s.reference as id, s.currency, s.net_minor as said, t.net_minor as kept,
      s.fee_minor as fee, s.created_at as at
    from said s left join stripe_balance_transactions t
      on t.account = ${account} and t.id = s.reference and not t.is_deleted
    where t.id is null or s.net_minor <> t.net_minor or s.fee_minor <> t.fee_minor
      or s.currency <> t.currency
    union all
    select t.id, t.currency, null, t.net_minor, null, t.created_at
    from stripe_balance_transactions t cross join lists
    where t.account = ${account} and not t.is_deleted
      and t.created_at >= ${fromAt} and t.created_at < ${toAt}
      and (lists.payouts or t.type not like 'payout%')
      and (${source !== "upload"} or t.currency = any(lists.currencies))
      and not exists (select from said s where s.reference = t.id)
    order by 1 limit ${mostFound}`;
  return { matched: counted?.matched ?? 0, findings: rows.map((row) => findingOf(report, row)) };
}

function findingOf({ book, id }: StripeReport, row: Row): Finding {
  const { said, kept, at } = row;
  const kind = kept === null ? "missing_here" : said === null ? "missing_there" : "amount";
  const cause = { missing_here: "report_line_unknown", missing_there: "not_in_report" } as const;
  return {
    ...{ book, check: "report", kind, reference: row.id, currency: row.currency, since: at },
    cause: kind === "amount" ? "report_differs" : cause[kind],
    ...{ stripeMinor: said, ledgerMinor: kept },
    evidence: {
      stripe: said === null ? null : { report: id, net: said.toString(), fee: String(row.fee) },
      mirror: kept === null ? null : { net: kept.toString() },
      entry: null,
    },
  };
}
