import { keepFile } from "#sandbox/reporting/keep-file";
import { type ReportLine, reportTypes } from "#sandbox/reporting/report-types";
import type { World } from "#sandbox/world/world";

/** Makes a report that was asked for, as a file of comma-separated values. */
export function runReport(world: World, id: string): void {
  const row = world.find("reporting.report_run", id);
  const type = reportTypes[row?.object.report_type ?? ""];
  if (row === undefined || type === undefined || row.object.status !== "pending") return;
  const { parameters } = row.object;
  const about = parameters.connected_account;
  const lines = type.lines(about === undefined ? world : world.as(about), parameters);
  const csv = csvFrom(parameters.columns ?? type.columns, lines);
  const file = keepFile(world, {
    filename: `${id}.csv`,
    purpose: "finance_report_run",
    contentType: "text/csv",
    base64: Buffer.from(csv).toString("base64"),
  });
  row.object = { ...row.object, result: file, status: "succeeded", succeeded_at: world.now() };
  world.save(row);
  world.emit("reporting.report_run.succeeded", row.object);
}

/** Lines of a report as comma-separated values. */
export function csvFrom(columns: readonly string[], lines: readonly ReportLine[]): string {
  const rows = lines.map((line) => columns.map((name) => quoted(line[name] ?? "")).join(","));
  return `${[columns.join(","), ...rows].join("\n")}\n`;
}

function quoted(value: string): string {
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
