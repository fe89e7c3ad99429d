import { Scale } from "lucide-react";
import { Count } from "#components/admin/count";
import { Live } from "#components/admin/live";
import { RunButton } from "#components/reconciliation/break-acts";
import { breakColumns } from "#components/reconciliation/break-columns";
import { BooksCard, ClearingCard, QuestionsCard } from "#components/reconciliation/standing-cards";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { getStanding, type Standing } from "#lib/reconciliation/get-standing";
import { listBreaks } from "#lib/reconciliation/list-breaks";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Reconciliation" };

export default async function ReconciliationPage() {
  const ctx = await requireAdmin();
  const standing = await getStanding(ctx);
  const { rows } = await listBreaks(ctx);
  return (
    <Page>
      <PageHeader
        title="Reconciliation"
        sentence={<LastPass standing={standing} />}
        actions={
          <>
            <LinkButton href="/admin/reconciliation/reports" variant="secondary" size="sm">
              Reports
            </LinkButton>
            <LinkButton href="/admin/reconciliation/runs" variant="secondary" size="sm">
              Runs and rules
            </LinkButton>
            {mayOnPlatform(ctx.platformRole, "reconciliation:run") && !standing.running && (
              <RunButton />
            )}
            <Live />
          </>
        }
      />
      <div className="grid items-start gap-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <QuestionsCard checks={standing.checks} />
        <ClearingCard sums={standing.clearing} />
      </div>
      <Card
        title="Breaks"
        note="each isolated to its account; the others are unaffected"
        action={<TextLink href="/admin/reconciliation/breaks">All breaks</TextLink>}
        flush
      >
        <DataTable
          caption="Open breaks"
          columns={breakColumns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/admin/reconciliation/breaks/${id}`}
          empty={<NoBreaks />}
        />
      </Card>
      <BooksCard books={standing.books} />
    </Page>
  );
}

function LastPass({ standing: { lastPass, running, books } }: { standing: Standing }) {
  if (running)
    return (
      <>
        A run compares everything: {running.booksDone} of {running.books} accounts.
      </>
    );
  if (!lastPass) return <>Continuous. Nothing was compared yet.</>;
  return (
    <>
      Continuous. Last compared <Moment at={lastPass.startedAt} />,{" "}
      <Count of={books.length} one="account" />, {(lastPass.spentMs / 1000).toFixed(1)} s.
    </>
  );
}

function NoBreaks() {
  return (
    <EmptyState icon={<Scale />} title="In lockstep">
      Wherever our books and Stripe differ by a cent, it is listed here with both sides, the likely
      cause and what mends it.
    </EmptyState>
  );
}
