import { majorOf } from "#sandbox/money/currency";
import { asOfNow } from "#sandbox/payments/balance";
import type { LedgerRow } from "#sandbox/payments/ledger";
import type { ObjectOf } from "#sandbox/store/kinds";
import type { World } from "#sandbox/world/world";

type Parameters = ObjectOf<"reporting.report_run">["parameters"];

/** One line of a report, by column. */
export type ReportLine = Record<string, string>;

/** A report: its columns, what it must be told, and the lines it is made of. */
export interface ReportType {
  name: string;
  columns: readonly string[];
  needs: readonly (keyof Parameters)[];
  lines(world: World, parameters: Parameters): ReportLine[];
}

const itemized = [
  "balance_transaction_id",
  "created_utc",
  "available_on_utc",
  "currency",
  "gross",
  "fee",
  "net",
  "reporting_category",
  "source_id",
  "description",
] as const;
const interval = ["interval_start", "interval_end"] as const;
const summary = ["reporting_category", "currency", "count", "gross", "fee", "net"] as const;

/** Every report that can be run. */
export const reportTypes: Record<string, ReportType> = {
  "balance.summary.1": {
    name: "Balance summary",
    columns: ["category", "description", "net_amount", "currency"],
    needs: interval,
    lines: balanceSummary,
  },
  "balance_change_from_activity.itemized.1": {
    name: "Itemized balance change from activity",
    columns: itemized,
    needs: interval,
    lines: (world, asked) => rowsWithin(world, asked).filter(isActivity).map(lineOf),
  },
  "balance_change_from_activity.summary.1": {
    name: "Balance change from activity summary",
    columns: summary,
    needs: interval,
    lines: (world, asked) => sumsOf(rowsWithin(world, asked).filter(isActivity)),
  },
  "payouts.itemized.1": {
    name: "Itemized payouts",
    columns: ["payout_id", "payout_status", "payout_expected_arrival_date", ...itemized],
    needs: interval,
    lines: (world, asked) =>
      rowsWithin(world, asked)
        .filter((row) => !isActivity(row))
        .map((row) => ({ ...payoutColumns(world, String(row.source)), ...lineOf(row) })),
  },
  "payouts.summary.1": {
    name: "Payouts summary",
    columns: summary,
    needs: interval,
    lines: (world, asked) => sumsOf(rowsWithin(world, asked).filter((row) => !isActivity(row))),
  },
  "payout_reconciliation.itemized.1": {
    name: "Itemized payout reconciliation",
    columns: ["automatic_payout_id", "automatic_payout_effective_at_utc", ...itemized],
    needs: interval,
    lines: (world, asked) => reconciled(world, asked),
  },
  "payout_reconciliation.by_id.itemized.1": {
    name: "Itemized reconciliation of a single payout",
    columns: ["automatic_payout_id", "automatic_payout_effective_at_utc", ...itemized],
    needs: ["payout"],
    lines: (world, { payout }) => contentsOf(world, payout ?? ""),
  },
  "payout_reconciliation.by_id.summary.1": {
    name: "Summary of a single payout",
    columns: summary,
    needs: ["payout"],
    lines: (world, { payout }) => sumsOf(rowsOf(world, payout ?? "")),
  },
};

function rowsWithin(world: World, asked: Parameters): LedgerRow[] {
  const { interval_start: from = 0, interval_end: to = world.now() } = asked;
  const query = { createdFrom: from, createdTo: to - 1, order: "oldest" } as const;
  return world
    .list("balance_transaction", { ...query, key: asked.currency })
    .map(({ object }) => asOfNow(world, object))
    .filter(({ reporting_category: category }) => {
      return asked.reporting_category === undefined || category === asked.reporting_category;
    });
}

function isActivity({ type }: LedgerRow): boolean {
  return !type.startsWith("payout");
}

function balanceSummary(world: World, asked: Parameters): ReportLine[] {
  const before = rowsWithin(world, {
    ...asked,
    interval_start: 0,
    interval_end: asked.interval_start ?? 0,
  });
  const during = rowsWithin(world, asked);
  const currencies = new Set([...before, ...during].map(({ currency }) => currency));
  return [...currencies].sort().flatMap((currency) => {
    const net = (rows: LedgerRow[]) =>
      rows.filter((row) => row.currency === currency).reduce((sum, row) => sum + row.net, 0);
    const activity = during.filter(isActivity);
    const payouts = during.filter((row) => !isActivity(row));
    const line = (category: string, description: string, amount: number) => ({
      ...{ category, description, net_amount: majorOf(amount, currency), currency },
    });
    return [
      line("starting_balance", "Starting balance", net(before)),
      line("activity", "Account activity", net(activity)),
      line("payouts", "Payouts", net(payouts)),
      line("ending_balance", "Ending balance", net(before) + net(during)),
    ];
  });
}

function reconciled(world: World, asked: Parameters): ReportLine[] {
  const { interval_start: from = 0, interval_end: to = world.now() } = asked;
  return world
    .list("payout", { createdFrom: from, createdTo: to - 1, order: "oldest" })
    .filter(({ object }) => object.automatic)
    .flatMap(({ object }) => contentsOf(world, object.id));
}

function contentsOf(world: World, payout: string): ReportLine[] {
  const at = world.find("payout", payout)?.object.arrival_date ?? 0;
  return rowsOf(world, payout).map((row) => ({
    automatic_payout_id: payout,
    automatic_payout_effective_at_utc: utc(at),
    ...lineOf(row),
  }));
}

// What a payout is made of; the payout's own row is what these come to.
function rowsOf(world: World, payout: string): LedgerRow[] {
  return world
    .list("balance_transaction", { customer: payout, order: "oldest" })
    .map(({ object }) => object)
    .filter(isActivity);
}

function payoutColumns(world: World, id: string): ReportLine {
  const payout = world.find("payout", id)?.object;
  return {
    payout_id: id,
    payout_status: payout?.status ?? "",
    payout_expected_arrival_date: payout === undefined ? "" : utc(payout.arrival_date),
  };
}

function lineOf(row: LedgerRow): ReportLine {
  return {
    balance_transaction_id: row.id,
    created_utc: utc(row.created),
    available_on_utc: utc(row.available_on),
    currency: row.currency,
    gross: majorOf(row.amount, row.currency),
    fee: majorOf(row.fee, row.currency),
    net: majorOf(row.net, row.currency),
    reporting_category: row.reporting_category,
    source_id: String(row.source ?? ""),
    description: row.description ?? "",
  };
}

function sumsOf(rows: readonly LedgerRow[]): ReportLine[] {
  const groups = Map.groupBy(rows, (row) => `${row.reporting_category} ${row.currency}`);
  return [...groups.values()].map((group) => {
    const { currency = "usd", reporting_category = "" } = group[0] ?? {};
    const sum = (of: "amount" | "fee" | "net") =>
      majorOf(
        group.reduce((total, row) => total + row[of], 0),
        currency,
      );
    return {
      ...{ reporting_category, currency, count: String(group.length) },
      ...{ gross: sum("amount"), fee: sum("fee"), net: sum("net") },
    };
  });
}

function utc(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
}
