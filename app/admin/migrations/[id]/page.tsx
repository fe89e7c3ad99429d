import { forPage, readQuery } from "#components/admin/list-query";
import { AskStripe } from "#components/plans/ask-stripe";
import { MigratedCard } from "#components/plans/migrated-card";
import { MigrationActions } from "#components/plans/migration-actions";
import { MigrationProgress, totalColumns } from "#components/plans/migration-columns";
import { isMoving, MigrationState, sayRoute, timings } from "#components/plans/migration-words";
import { Banner } from "#components/ui/banner";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { DataTable } from "#components/ui/data-table";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import { getMigration, listMigrated } from "#lib/migrations/get-migration";
import { migratedQuery } from "#lib/migrations/input";
import type { MigrationView } from "#lib/migrations/migration";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Migration" };

export default async function MigrationPage(props: PageProps<"/admin/migrations/[id]">) {
  const ctx = await requireAdmin();
  const { id: migrationId } = await props.params;
  const migration = await forPage(getMigration(ctx, { migrationId }), "/admin/migrations");
  const query = readQuery(migratedQuery, await props.searchParams);
  const migrated = await listMigrated(ctx, { migrationId, ...query });
  const mayMigrate = mayOnPlatform(ctx.platformRole, "plans:migrate");
  const { status, error } = migration;
  const asked = migrated.rows.filter((row) => row.status === "pending").slice(0, 10);
  return (
    <Page>
      {isMoving(status) && <RefreshEvery seconds={2} />}
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {sayRoute(migration)} <MigrationState of={status} />
          </span>
        }
        sentence={sentences[status]}
        actions={
          <>
            <LinkButton href="/admin/migrations" variant="secondary" size="sm">
              All migrations
            </LinkButton>
            {mayMigrate && <MigrationActions of={migration} />}
          </>
        }
      />
      {error && (
        <Banner kind="danger" title="It stands still.">
          {error} Who was moved stays moved; going on moves nobody twice.
        </Banner>
      )}
      <div className="grid grid-cols-1 items-start gap-3 lg:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <About of={migration} />
        <Card title="What a period costs" note="before and after, by our rater" flush>
          <DataTable
            caption="Sums by currency and interval"
            columns={totalColumns}
            rows={migration.totals}
            rowKey={({ currency, interval }) => `${currency}/${interval}`}
            empty={<p className="px-4 pb-4 text-muted">Nothing is counted yet.</p>}
          />
        </Card>
      </div>
      <MigratedCard
        of={migrated}
        path={`/admin/migrations/${migrationId}`}
        status={query.status}
        isFirst={query.cursor === undefined}
        action={
          mayMigrate &&
          status === "ready" && (
            <AskStripe
              migrationId={migrationId}
              subscriptionIds={asked.map(({ subscriptionId }) => subscriptionId)}
            />
          )
        }
      />
    </Page>
  );
}

const sentences = {
  counting: "What each subscriber pays now and will pay is being worked out. Nobody is moved.",
  ready: "The dry run is done. Nobody is moved before you start.",
  running: "Subscribers are moved one after another, also when you leave this page.",
  paused: "Who was moved stays moved. Look at them, then go on or lead everyone back.",
  finished: "Everyone was moved who can be.",
  rolling_back: "Everyone who was moved is led back to where they were.",
  rolled_back: "Everyone is where they were.",
  canceled: "Nobody was moved.",
} as const satisfies Record<MigrationView["status"], string>;

function About({ of }: { of: MigrationView }) {
  const { from, to, timing, stagePercent, createdAt, startedAt, finishedAt, id } = of;
  return (
    <Card title="Migration">
      <Facts>
        <Fact label="From">
          <TextLink href={`/admin/plans/versions/${from.id}`}>
            {from.planName} {from.number}
          </TextLink>
        </Fact>
        <Fact label="To">
          <TextLink href={`/admin/plans/versions/${to.id}`}>
            {to.planName} {to.number}
          </TextLink>
        </Fact>
        <Fact label="When">{timings[timing].label}</Fact>
        <Fact label="Use so far">
          billed at the renewal, by {from.planName} {from.number}
        </Fact>
        <Fact label="Up to">{stagePercent > 0 ? `${stagePercent} % so far` : "not started"}</Fact>
        <Fact label={startedAt ? "Started" : "Made"}>
          <Moment at={startedAt ?? createdAt} />
        </Fact>
        {finishedAt && (
          <Fact label="Ended">
            <Moment at={finishedAt} />
          </Fact>
        )}
        <Fact label="Id">
          <CopyableId id={id} />
        </Fact>
      </Facts>
      <div className="pt-3">
        <MigrationProgress of={of} />
      </div>
    </Card>
  );
}
