import { CircleDollarSign } from "lucide-react";
import { planColumns } from "#components/plans/plan-columns";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { listPlans } from "#lib/overview/list-plans";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Plans" };

export default async function PlansPage() {
  const ctx = await requireAdmin();
  const plans = await listPlans(ctx);
  const mayUpdate = mayOnPlatform(ctx.platformRole, "plans:update");
  return (
    <Page>
      <PageHeader
        title="Plans"
        sentence="A published version never changes, and its subscribers stay on it until you migrate them."
        actions={
          <>
            <LinkButton href="/pricing" variant="secondary" size="sm">
              Pricing page
            </LinkButton>
            {mayUpdate && (
              <LinkButton href="/admin/plans/new-plan" size="sm">
                New plan
              </LinkButton>
            )}
          </>
        }
      />
      <Card flush>
        <DataTable
          caption="Plans"
          columns={planColumns}
          rows={plans}
          rowKey={({ id }) => id}
          rowHref={({ key }) => `/admin/plans/${key}`}
          empty={<NoPlans mayUpdate={mayUpdate} />}
        />
      </Card>
    </Page>
  );
}

function NoPlans({ mayUpdate }: { mayUpdate: boolean }) {
  return (
    <EmptyState
      icon={<CircleDollarSign />}
      title="No plans yet"
      action={mayUpdate && <LinkButton href="/admin/plans/new-plan">New plan</LinkButton>}
    >
      A plan is what tenants subscribe to: flat, per seat, by usage, or any mix. It begins as a
      draft that nobody sees.
    </EmptyState>
  );
}
