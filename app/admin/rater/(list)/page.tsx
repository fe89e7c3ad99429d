import { Scale, SearchX } from "lucide-react";
import { Count } from "#components/admin/count";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { StatLink } from "#components/admin/stat-link";
import { checkColumns, verdictWords } from "#components/rater/check-parts";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { verdicts } from "#lib/rater/judge-invoice";
import { type CheckCounts, checkQuery, listChecks } from "#lib/rater/list-checks";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Invoice checks" };

export default async function RaterPage(props: PageProps<"/admin/rater">) {
  const ctx = await requireAdmin();
  const query = readQuery(checkQuery, await props.searchParams);
  const { rows, next, counts } = await forPage(listChecks(ctx, query), "/admin/rater");
  const isFiltered = Boolean(query.verdict || query.state || query.q);
  return (
    <Page>
      <PageHeader
        title="Invoice checks"
        sentence="Every final invoice of Stripe's is worked out anew from our own catalogue, line by line."
      />
      <Counts counts={counts} />
      <Card flush>
        {(rows.length > 0 || isFiltered) && <Filters />}
        <DataTable
          caption="Invoices worked out anew"
          columns={checkColumns}
          rows={rows}
          rowKey={({ invoiceId }) => invoiceId}
          rowHref={({ invoiceId }) => `/admin/rater/${invoiceId}`}
          next={next}
          empty={isFiltered ? <NoMatch /> : <NoChecks />}
        />
      </Card>
    </Page>
  );
}

function Counts({ counts }: { counts: CheckCounts }) {
  return (
    <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
      <StatLink
        label="Equal to the cent"
        value={<Count of={counts.equal} />}
        note="both calculations agree"
        href="/admin/rater?verdict=equal"
      />
      <StatLink
        label="Differ"
        value={<Count of={counts.different} />}
        note="Stripe billed something else"
        href="/admin/rater?verdict=different"
      />
      <StatLink
        label="Unexplained"
        value={<Count of={counts.unexplained} />}
        note="not of our catalogue"
        href="/admin/rater?verdict=unexplained"
      />
      <StatLink
        label="Open"
        value={<Count of={counts.open} />}
        note={counts.open === 0 ? "nothing needs you" : "nobody looked into them yet"}
        href="/admin/rater?state=open"
      />
    </div>
  );
}

function Filters() {
  return (
    <FilterBar
      texts={[{ name: "q", label: "Invoice, number, subscription or tenant" }]}
      choices={[
        {
          ...{ name: "verdict", label: "Verdict", any: "Any verdict" },
          options: verdicts.map((value) => ({ value, label: verdictWords[value] })),
        },
        {
          ...{ name: "state", label: "State", any: "Any state" },
          options: [
            { value: "open", label: "Open" },
            { value: "settled", label: "Settled" },
          ],
        },
      ]}
    />
  );
}

function NoMatch() {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No invoice matches"
      action={
        <LinkButton href="/admin/rater" variant="secondary">
          Show all
        </LinkButton>
      }
    >
      An id and a number are matched in full.
    </EmptyState>
  );
}

function NoChecks() {
  return (
    <EmptyState icon={<Scale />} title="No invoice was worked out yet">
      As soon as an invoice is paid or its payment fails, it is worked out anew from the plans, the
      time and the usage it is for. What differs from Stripe's figures by a cent is listed here.
    </EmptyState>
  );
}
