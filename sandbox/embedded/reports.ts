import { html } from "hono/html";
import type { Component, Event, Visit } from "#sandbox/embedded/component";
import { day, field, table } from "#sandbox/embedded/parts";
import { type ReportLine, reportTypes } from "#sandbox/reporting/report-types";
import { csvFrom } from "#sandbox/reporting/run-report";

interface Asked {
  interval_start: number;
  interval_end: number;
}

/** `balance-report`: where the balance began, what changed it, and where it ended. */
export const balanceReport = reportComponent({
  title: "Balance report",
  shown: "balance.summary.1",
  downloaded: "balance_change_from_activity.itemized.1",
});

/** `payout-reconciliation-report`: every payout and what it is made of. */
export const payoutReconciliationReport = reportComponent({
  title: "Payout reconciliation",
  shown: "payout_reconciliation.itemized.1",
  downloaded: "payout_reconciliation.itemized.1",
  events: [["ReportAvailabilityLoaded", { available: true }]],
});

function reportComponent(about: {
  title: string;
  shown: string;
  downloaded: string;
  events?: readonly Event[];
}): Component {
  const { title } = about;
  return {
    view(visit) {
      const asked = intervalOf(visit);
      const lines = linesOf(visit, about.shown, asked);
      const query = new URLSearchParams({
        from: dateOf(asked.interval_start),
        to: visit.query.to ?? "",
      });
      const body = html`
        <div class="row">
          <form method="get" class="filters" action="${visit.path}">
            ${field("from", "From", { type: "date", value: dateOf(asked.interval_start) })}
            ${field("to", "To", { type: "date", value: dateOf(asked.interval_end - 1) })}
            <button type="submit" class="quiet">Show</button>
          </form>
          <a class="button quiet" href="${visit.path}/files/csv?${query}">Download CSV</a>
        </div>
        <p class="soft">${day(asked.interval_start)} to ${day(asked.interval_end - 1)}, UTC</p>
        ${table<ReportLine>(title, columnsOf(about.shown), lines, "Nothing happened in this time.")}
      `;
      return { title, body, ...(about.events === undefined ? {} : { events: about.events }) };
    },
    downloads: {
      csv: (visit) => ({
        name: `${title.toLowerCase().replaceAll(" ", "-")}.csv`,
        contentType: "text/csv; charset=utf-8",
        body: csvFrom(
          reportTypes[about.downloaded]?.columns ?? [],
          linesOf(visit, about.downloaded, intervalOf(visit)),
        ),
      }),
    },
  };
}

const figures = ["net_amount", "gross", "fee", "net"];
const kept = ["description", ...figures, "currency", "automatic_payout_id"];
const alsoKept = ["automatic_payout_effective_at_utc", "reporting_category", "created_utc"];

// The frame shows what a person compares; the file has every column.
function columnsOf(report: string) {
  const all = reportTypes[report]?.columns ?? [];
  return all
    .filter((name) => [...kept, ...alsoKept].includes(name))
    .map((name) => ({
      header: name.replaceAll("_", " ").replace(" utc", ""),
      ...(figures.includes(name) ? { isNumber: true as const } : {}),
      cell: (line: ReportLine) => line[name] ?? "",
    }));
}

function linesOf(visit: Visit, report: string, asked: Asked): ReportLine[] {
  return reportTypes[report]?.lines(visit.world, asked) ?? [];
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

function secondsOf(date: string | undefined): number | undefined {
  if (!date || !/^\d{4}-\d\d-\d\d$/.test(date)) return undefined;
  const at = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : at / 1000;
}

function dateOf(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
