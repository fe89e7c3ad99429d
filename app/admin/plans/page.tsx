import { CircleDollarSign } from "lucide-react";
import { PlanSection } from "#components/admin/plan-section";
import { Card } from "#components/ui/card";
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
  const mayPublish = mayOnPlatform(ctx.platformRole, "plans:publish");
  return (
    <Page>
      <PageHeader
        title="Plans"
        sentence="A published version never changes, and its subscribers stay on it."
        actions={
          <LinkButton href="/pricing" variant="secondary" size="sm">
            Pricing page
          </LinkButton>
        }
      />
      {plans.length === 0 && (
        <Card>
          <EmptyState icon={<CircleDollarSign />} title="No plans yet">
            Plans come with the seed: <code className="font-mono">npm start</code> writes Free,
            Starter, Pro and Scale into an empty database.
          </EmptyState>
        </Card>
      )}
      {plans.map((plan) => (
        <PlanSection key={plan.id} plan={plan} mayPublish={mayPublish} />
      ))}
    </Page>
  );
}
