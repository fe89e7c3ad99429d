import { SearchX } from "lucide-react";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { breakColumns } from "#components/reconciliation/break-columns";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { breakKindNames, breakKinds } from "#lib/reconciliation/break";
import { checkNames, checks } from "#lib/reconciliation/checks";
import { breakQuery } from "#lib/reconciliation/input";
import { listBreaks } from "#lib/reconciliation/list-breaks";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Breaks" };

const path = "/admin/reconciliation/breaks";

export default async function BreaksPage(props: PageProps<"/admin/reconciliation/breaks">) {
  const ctx = await requireAdmin();
  const query = readQuery(breakQuery, await props.searchParams);
  const { rows, next } = await forPage(listBreaks(ctx, query), path);
  return (
    <Page>
      <PageHeader
        title="Breaks"
        sentence="Places where our books and Stripe do not agree, or did not."
        actions={
          <LinkButton href="/admin/reconciliation" variant="secondary" size="sm">
            Reconciliation
          </LinkButton>
        }
      />
      <Card flush>
        <Filters />
        <DataTable
          caption="Breaks"
          columns={breakColumns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `${path}/${id}`}
          next={next}
          empty={<NoMatch />}
        />
      </Card>
    </Page>
  );
}

function Filters() {
  return (
    <FilterBar
      texts={[
        { name: "q", label: "Reference" },
        { name: "book", label: "Account, or platform" },
      ]}
      choices={[
        {
          ...{ name: "status", label: "State", any: "Open" },
          options: [
            { value: "expected", label: "Expected" },
            { value: "accepted", label: "Given up" },
            { value: "gone", label: "Gone" },
            { value: "all", label: "All" },
          ],
        },
        {
          ...{ name: "kind", label: "Kind", any: "Any kind" },
          options: breakKindNames.map((value) => ({ value, label: breakKinds[value] })),
        },
        {
          ...{ name: "check", label: "Question", any: "Any question" },
          options: checkNames.map((value) => ({ value, label: checks[value].question })),
        },
      ]}
    />
  );
}

function NoMatch() {
  return (
    <EmptyState icon={<SearchX />} title="No break matches">
      A reference and an account are matched in full. What is gone is found by its state.
    </EmptyState>
  );
}
