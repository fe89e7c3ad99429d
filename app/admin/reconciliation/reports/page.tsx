import { FileSearch } from "lucide-react";
import { Count } from "#components/admin/count";
import { Live } from "#components/admin/live";
import { RequestReportForm, UploadReport } from "#components/reconciliation/report-acts";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { Status, type Tone } from "#components/ui/status";
import { listReportBooks, listReports } from "#lib/reconciliation/request-report";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Stripe's reports" };

type Report = Awaited<ReturnType<typeof listReports>>[number];

export default async function ReportsPage() {
  const ctx = await requireAdmin();
  const reports = await listReports(ctx);
  const books = await listReportBooks(ctx);
  const mayRun = mayOnPlatform(ctx.platformRole, "reconciliation:run");
  return (
    <Page>
      <PageHeader
        title="Stripe's reports"
        sentence="Stripe's own report files as a second source, line by line beside what was read."
        actions={
          <>
            <LinkButton href="/admin/reconciliation" variant="secondary" size="sm">
              Reconciliation
            </LinkButton>
            <Live />
          </>
        }
      />
      {mayRun && (
        <div className="grid items-start gap-3 lg:grid-cols-2">
          <Card title="Ask Stripe for a report" note="a year at most, over already">
            <RequestReportForm books={books} />
          </Card>
          <Card title="Bring a file" note="an itemized report as CSV, 200 MB at most">
            <UploadReport books={books} />
          </Card>
        </div>
      )}
      <Card title="Latest reports" flush>
        <DataTable
          caption="Latest reports"
          columns={columns}
          rows={reports}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon={<FileSearch />} title="No report was compared yet">
              Stripe writes down what moved an account's balance; every line is compared, and what
              is otherwise is a break.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}

const tones = {
  asked: "waiting",
  reading: "waiting",
  compared: "good",
  failed: "bad",
} as const satisfies Record<Report["status"], Tone>;

const columns: Column<Report>[] = [
  {
    header: "Report",
    cell: ({ source, fileName, book }) => (
      <span className="grid max-w-72 min-w-0 text-start">
        <span className="break-words">{source === "upload" ? fileName : "Asked of Stripe"}</span>
        <span className="font-mono text-2xs break-all text-muted">{book}</span>
      </span>
    ),
  },
  {
    header: "State",
    cell: ({ status, error }) => (
      <span className="grid max-w-80 min-w-0 text-start">
        <Status of={status} tone={tones[status]} />
        {error && <span className="text-xs break-words text-danger">{error}</span>}
      </span>
    ),
  },
  {
    header: "Time",
    cell: ({ fromAt, toAt }) =>
      fromAt && toAt ? (
        <>
          <Moment at={fromAt} as="exact" /> – <Moment at={toAt} as="exact" />
        </>
      ) : (
        "–"
      ),
  },
  { header: "Lines", cell: ({ rows }) => <Count of={rows} />, align: "end" },
  { header: "The same", cell: ({ matched }) => <Count of={matched} />, align: "end" },
  { header: "Breaks", cell: ({ found }) => <Count of={found} />, align: "end" },
  { header: "Asked", cell: ({ askedAt }) => <Moment at={askedAt} />, align: "end" },
];
