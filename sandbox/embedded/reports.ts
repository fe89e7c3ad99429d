import { html } from "hono/html";
import { callRoute } from "#sandbox/embedded/call-route";
import type { Component, Download, Event, Visit } from "#sandbox/embedded/component";
import { type Column, day, field, table } from "#sandbox/embedded/parts";
import { type ReportLine, reportTypes } from "#sandbox/reporting/report-types";
import { runReport } from "#sandbox/reporting/run-report";
import type { ObjectOf } from "#sandbox/store/kinds";

interface Asked {
  interval_start: number;
  interval_end: number;
}

/** `balance-report`: where the balance began, what changed it, and where it ended. */
export const balanceReport = reportComponent({
  title: "Balance report",
  shown: "balance.summary.1",
  columns: [words("description", "What"), figures("net_amount", "Amount"), currency()],
  downloads: { csv: "balance.summary.1", itemized: "balance_change_from_activity.itemized.1" },
});

/** `payout-reconciliation-report`: every payout and what it is made of. */
export const payoutReconciliationReport = reportComponent({
  title: "Payout reconciliation",
  shown: "payout_reconciliation.itemized.1",
  columns: [
    code("automatic_payout_id", "Payout"),
    date("automatic_payout_effective_at_utc", "Arrived"),
    words("reporting_category", "Kind"),
    date("created_utc", "Made"),
    ...[figures("gross", "Gross"), figures("fee", "Fees"), figures("net", "Net"), currency()],
  ],
  downloads: { csv: "payout_reconciliation.itemized.1" },
  events: [["ReportAvailabilityLoaded", { available: true }]],
});

const backwards = "The first day is after the last.";
const nothing = "Nothing happened in this time.";
const labels = { csv: "Download CSV", itemized: "Download every transaction" };

function reportComponent(about: {
  title: string;
  shown: string;
  columns: readonly Column<ReportLine>[];
  downloads: { csv: string; itemized?: string };
  events?: readonly Event[];
}): Component {
  const { title, columns, downloads } = about;
  const files = Object.entries(downloads) as [keyof typeof labels, string][];
  return {
    view(visit) {
      const asked = intervalOf(visit);
      const lines = reportTypes[about.shown]?.lines(visit.world, asked) ?? [];
      const from = dateOf(asked.interval_start);
      const query = new URLSearchParams({ from, to: visit.query.to ?? "" });
      const isBackwards = asked.interval_start >= asked.interval_end;
      const body = html`
        <form method="get" class="filters" action="${visit.path}">
          ${field("from", "From", { type: "date", value: from })}
          ${field("to", "To", { type: "date", value: dateOf(asked.interval_end - 1) })}
          <button type="submit" class="quiet">Show</button>
        </form>
        <p class="soft">${day(asked.interval_start)} to ${day(asked.interval_end - 1)}, UTC</p>
        ${table<ReportLine>(title, columns, lines, isBackwards ? backwards : nothing)}
        <div class="actions">
          ${(isBackwards ? [] : files).map(
            ([name]) =>
              html`<a class="button quiet" href="${visit.path}/files/${name}?${query}"
                >${labels[name]}</a
              >`,
          )}
        </div>
      `;
      return { title, body, ...(about.events === undefined ? {} : { events: about.events }) };
    },
    downloads: Object.fromEntries(
      files.map(([name, report]) => [name, (visit: Visit) => fileOf(visit, report)]),
    ),
  };
}

// The same run that the API makes of a report, done at once: the account finds it there too.
function fileOf(visit: Visit, report_type: string): Download {
  const { world } = visit;
  const sent = { report_type, parameters: intervalOf(visit) };
  const { id } = callRoute<{ id: string }>(world, "POST /v1/reporting/report_runs", sent);
  runReport(world, id);
  const run = callRoute<ObjectOf<"reporting.report_run">>(
    ...([world, "GET /v1/reporting/report_runs/:id", {}, { id }] as const),
  );
  const kept = world.find("file", run.result?.id ?? "")?.hidden;
  return {
    name: `${report_type.replace(/\.1$/, "").replaceAll(/[._]/g, "-")}.csv`,
    contentType: "text/csv; charset=utf-8",
    body: Buffer.from(kept?.base64 ?? "", "base64"),
  };
}

function words(name: string, header: string): Column<ReportLine> {
  return { header, cell: (line) => (line[name] ?? "").replaceAll("_", " ") };
}

function code(name: string, header: string): Column<ReportLine> {
  return { header, cell: (line) => html`<span class="code">${line[name] ?? ""}</span>` };
}

function figures(name: string, header: string): Column<ReportLine> {
  return { header, isNumber: true, cell: (line) => line[name] ?? "" };
}

function date(name: string, header: string): Column<ReportLine> {
  return { header, cell: (line) => (line[name] ?? "").slice(0, 10) };
}

function currency(): Column<ReportLine> {
  return { header: "Currency", cell: (line) => (line.currency ?? "").toUpperCase() };
}

// A month back unless told; the last day is in it.
function intervalOf({ query, world }: Visit): Asked {
  const now = world.now();
  const end = secondsOf(query.to);
  return {
    interval_start: secondsOf(query.from) ?? now - 30 * 86_400,
    interval_end: end === undefined ? now + 1 : end + 86_400,
  };
}

function secondsOf(text: string | undefined): number | undefined {
  if (!text || !/^\d{4}-\d\d-\d\d$/.test(text)) return undefined;
  const at = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : at / 1000;
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
