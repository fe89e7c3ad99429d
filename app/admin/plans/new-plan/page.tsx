import { NoAccess } from "#components/admin/no-access";
import { NewPlanForm } from "#components/plans/new-plan-form";
import { Card } from "#components/ui/card";
import { Page, PageHeader } from "#components/ui/page-header";
import { listPlans } from "#lib/overview/list-plans";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "New plan" };

export default async function NewPlanPage() {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "plans:update")) {
    return <NoAccess title="New plan" permission="plans:update" />;
  }
  const plans = await listPlans(ctx);
  const bases = plans.filter(({ kind }) => kind === "base");
  return (
    <Page>
      <PageHeader
        title="New plan"
        sentence="It begins as an empty draft. Nobody sees it until you publish it."
      />
      <Card className="max-w-xl">
        <NewPlanForm bases={bases.map(({ key, name }) => ({ key, name }))} />
      </Card>
    </Page>
  );
}
