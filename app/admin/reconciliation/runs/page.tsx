import { Scale } from "lucide-react";
import { Count } from "#components/admin/count";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { RunButton, StopRunButton } from "#components/reconciliation/break-acts";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { Status } from "#components/ui/status";
import { listRules, listRuns, runQuery } from "#lib/reconciliation/list-runs";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Reconciliation runs" };

type Run = Awaited<ReturnType<typeof listRuns>>["rows"][number];
type Rule = Awaited<ReturnType<typeof listRules>>[number];
const path = "/admin/reconciliation/runs";

export default async function RunsPage(props: PageProps<"/admin/reconciliation/runs">) {
  const ctx = await requireAdmin();
  const query = readQuery(runQuery, await props.searchParams);
  const { rows, next } = await forPage(listRuns(ctx, query), path);
  const rules = await listRules(ctx);
  const mayWrite = mayOnPlatform(ctx.platformRole, "reconciliation:resolve");
  const mayRun = mayOnPlatform(ctx.platformRole, "reconciliation:run");
  return (
    <Page>
      <PageHeader
        title="Runs and rules"
        sentence="What changed is compared every minute, and everything once a day."
        actions={
          <>
            <LinkButton href="/admin/reconciliation" variant="secondary" size="sm">
              Reconciliation
            </LinkButton>
            {mayRun && <RunButton />}
          </>
        }
      />
      <Card
        title="Rules"
        note="what is decided without a person, and why"
        action={mayWrite && <TextLink href="/admin/reconciliation/rules/new">New rule</TextLink>}
        flush
      >
        <DataTable
          caption="Rules"
          columns={ruleColumns}
          rows={rules}
          rowKey={({ key }) => key}
          rowHref={({ key }) => `/admin/reconciliation/rules/${key}`}
          empty={<p className="px-4 pb-4 text-muted">No rule decides anything.</p>}
        />
      </Card>
      <Card title="Runs" flush>
        <FilterBar
          choices={[
            {
              ...{ name: "kind", label: "Kind", any: "Any kind" },
              options: [
                { value: "continuous", label: "Of what changed" },
                { value: "full", label: "Of everything" },
              ],
            },
          ]}
        />
        <DataTable
          caption="Runs"
          columns={mayRun ? [...runColumns, stopColumn] : runColumns}
          rows={rows}
          rowKey={({ id }) => id}
          next={next}
          empty={
            <EmptyState icon={<Scale />} title="Nothing was compared yet">
              As soon as money moves, it is compared within a minute.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}

const ruleColumns: Column<Rule>[] = [
  {
    header: "Rule",
    cell: ({ title, reason }) => (
      <span className="grid max-w-xl min-w-0 text-start">
        <span className="font-medium">{title}</span>
        <span className="text-xs text-muted">{reason}</span>
      </span>
    ),
  },
  { header: "Version", cell: ({ version }) => version, align: "end" },
  {
    header: "State",
    cell: ({ isActive }) => <Status of={isActive ? "active" : "switched off"} />,
  },
];

const runColumns: Column<Run>[] = [
  {
    header: "Kind",
    cell: ({ kind }) => (kind === "full" ? "Of everything" : "Of what changed"),
  },
  {
    header: "State",
    cell: ({ status, error }) => (
      <span className="grid max-w-80 min-w-0 text-start">
        <Status of={status} {...(status === "running" && { tone: "waiting" as const })} />
        {error && <span className="text-xs break-words text-danger">{error}</span>}
      </span>
    ),
  },
  { header: "Accounts", cell: ({ books, booksDone }) => `${booksDone} of ${books}`, align: "end" },
  { header: "Compared", cell: ({ asked }) => <Count of={Number(asked)} />, align: "end" },
  { header: "Did not hold", cell: ({ found }) => <Count of={found} />, align: "end" },
  { header: "Took", cell: ({ spentMs }) => `${(spentMs / 1000).toFixed(1)} s`, align: "end" },
  { header: "Began", cell: ({ startedAt }) => <Moment at={startedAt} />, align: "end" },
];

const stopColumn: Column<Run> = {
  ...{ header: "Stop", hideHeader: true, align: "end" },
  cell: ({ id, status }) => (status === "running" ? <StopRunButton id={id} /> : null),
};
