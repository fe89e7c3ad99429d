import { Route } from "lucide-react";
import { forPage, readQuery } from "#components/admin/list-query";
import { migrationColumns } from "#components/plans/migration-columns";
import { isMoving } from "#components/plans/migration-words";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import { listMigrations } from "#lib/migrations/get-migration";
import { migrationsQuery } from "#lib/migrations/input";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Migrations" };

export default async function MigrationsPage(props: PageProps<"/admin/migrations">) {
  const ctx = await requireAdmin();
  const query = readQuery(migrationsQuery, await props.searchParams);
  const { rows, next } = await forPage(listMigrations(ctx, query), "/admin/migrations");
  const mayMigrate = mayOnPlatform(ctx.platformRole, "plans:migrate");
  return (
    <Page>
      {rows.some(({ status }) => isMoving(status)) && <RefreshEvery seconds={2} />}
      <PageHeader
        title="Migrations"
        sentence="Subscribers stay on their version until you lead them to another, in stages."
        actions={
          mayMigrate && (
            <LinkButton href="/admin/migrations/new" size="sm">
              New migration
            </LinkButton>
          )
        }
      />
      <Card flush>
        <DataTable
          caption="Migrations"
          columns={migrationColumns}
          rows={rows}
          next={next}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/admin/migrations/${id}`}
          empty={<NoMigrations mayMigrate={mayMigrate} />}
        />
      </Card>
    </Page>
  );
}

function NoMigrations({ mayMigrate }: { mayMigrate: boolean }) {
  return (
    <EmptyState
      icon={<Route />}
      title="Nobody was migrated yet"
      action={mayMigrate && <LinkButton href="/admin/migrations/new">New migration</LinkButton>}
    >
      A migration leads the subscribers of one version to another. It begins with a dry run that
      says what each pays now and will pay, moves them in stages, and can be paused and rolled back.
    </EmptyState>
  );
}
