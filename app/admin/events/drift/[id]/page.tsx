import { DriftDecision } from "#components/admin/drift-decision";
import { Differences, DriftState } from "#components/admin/drift-parts";
import { eventColumns, eventHref } from "#components/admin/event-columns";
import { wordOf } from "#components/admin/event-facts";
import { forPage } from "#components/admin/list-query";
import { StripeId } from "#components/admin/stripe-id";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { DataTable } from "#components/ui/data-table";
import { LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { type DriftRow, getDrift } from "#lib/overview/list-drifts";
import { listInboxEvents } from "#lib/overview/list-inbox-events";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Finding" };

export default async function DriftFindingPage(props: PageProps<"/admin/events/drift/[id]">) {
  const ctx = await requireAdmin();
  const { id } = await props.params;
  const drift = await forPage(getDrift(ctx, id), "/admin/events/drift");
  const { objectId, objectType, status } = drift;
  const { rows } = await listInboxEvents(ctx, { q: objectId });
  const mayDecide = mayOnPlatform(ctx.platformRole, "events:replay") && status === "proposed";
  return (
    <Page>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {wordOf(objectType)} differs <DriftState of={status} />
          </span>
        }
        sentence={drift.why}
        actions={
          <>
            <LinkButton href="/admin/events/drift" variant="secondary" size="sm">
              All findings
            </LinkButton>
            {mayDecide && <DriftDecision id={id} objectId={objectId} />}
          </>
        }
      />
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <Finding drift={drift} />
        <Card title="What differed" note="when it was found" flush>
          <Differences of={drift.differences} />
        </Card>
      </div>
      <Card title="Events of the object" note="the newest first" flush>
        <DataTable
          caption="Events of the object"
          columns={eventColumns}
          rows={rows}
          rowKey={(row) => row.id}
          rowHref={eventHref}
          empty={<p className="px-4 pb-4 text-muted">No event about it is in the inbox.</p>}
        />
      </Card>
    </Page>
  );
}

function Finding({ drift }: { drift: DriftRow }) {
  const { account, decidedBy, foundAt, objectId, settledAt, status } = drift;
  return (
    <Card title="Finding">
      <Facts>
        <Fact label="Object">
          <CopyableId id={objectId} href={`/admin/events?q=${encodeURIComponent(objectId)}`} />
        </Fact>
        <Fact label="Account">
          {account ? <StripeId id={account} of="account" /> : "The platform's own"}
        </Fact>
        <Fact label="Found">
          <Moment at={foundAt} as="exact" />
        </Fact>
        <Fact label="Decided by">
          {decidedBy ?? (status === "proposed" ? "nobody yet" : "policy")}
        </Fact>
        {settledAt && (
          <Fact label={status === "dismissed" ? "Dismissed" : "Settled"}>
            <Moment at={settledAt} as="exact" />
          </Fact>
        )}
      </Facts>
    </Card>
  );
}
