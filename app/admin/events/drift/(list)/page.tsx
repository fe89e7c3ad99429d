import { GitCompareArrows, SearchX } from "lucide-react";
import { driftColumns, policySentences } from "#components/admin/drift-parts";
import { EventsPage } from "#components/admin/events-page";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Explain } from "#components/ui/explain";
import { LinkButton } from "#components/ui/link-button";
import { driftQuery, driftStatuses, listDrifts } from "#lib/overview/list-drifts";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Drift" };

export default async function DriftPage(props: PageProps<"/admin/events/drift">) {
  const ctx = await requireAdmin();
  const query = readQuery(driftQuery, await props.searchParams);
  const { rows, next, policy, proposed } = await forPage(
    listDrifts(ctx, query),
    "/admin/events/drift",
  );
  const isFiltered = Boolean(query.status || query.type || query.q);
  return (
    <EventsPage
      at="drift"
      title="Drift"
      sentence={
        <>
          {policySentences[policy]}. A sample of mirrors is compared every ten minutes.{" "}
          <Explain title="The policy">
            <code className="font-mono">STRIPE_DRIFT_POLICY</code> is{" "}
            <code className="font-mono">{policy}</code>. It can be auto (repaired at once), propose
            (a person approves) or off. It is read when a worker starts.
          </Explain>
        </>
      }
      count={proposed}
    >
      <Card flush>
        {(rows.length > 0 || isFiltered) && (
          <FilterBar
            texts={[
              { name: "type", label: "Type of object, such as invoice" },
              { name: "q", label: "Id of the object" },
            ]}
            choices={[
              {
                ...{ name: "status", label: "State", any: "Any state" },
                options: driftStatuses.map((value) => ({ value, label: labels[value] })),
              },
            ]}
          />
        )}
        <DataTable
          caption="Mirrors that differed"
          columns={driftColumns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/admin/events/drift/${id}`}
          next={next}
          empty={isFiltered ? <NoMatch /> : <NoDrift />}
        />
      </Card>
    </EventsPage>
  );
}

const labels = {
  proposed: "Proposed",
  repairing: "Repairing",
  settled: "Settled",
  dismissed: "Dismissed",
} as const;

function NoMatch() {
  return (
    <EmptyState
      icon={<SearchX />}
      title="No finding matches"
      action={
        <LinkButton href="/admin/events/drift" variant="secondary">
          Show all findings
        </LinkButton>
      }
    >
      A type and an id are matched in full.
    </EmptyState>
  );
}

function NoDrift() {
  return (
    <EmptyState icon={<GitCompareArrows />} title="No mirror was found to differ">
      What differs from Stripe's own object is listed here, field by field, with the likeliest cause
      and what is done about it.
    </EmptyState>
  );
}
