import { notFound } from "next/navigation";
import { PlanPrices } from "#components/admin/plan-prices";
import { NewDraft } from "#components/plans/new-draft";
import { PlanActions } from "#components/plans/plan-actions";
import { versionColumns } from "#components/plans/plan-columns";
import { PlanDetailsForm } from "#components/plans/plan-details-form";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import { Status } from "#components/ui/status";
import { type AdminPlan, listPlans } from "#lib/overview/list-plans";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Plan" };

export default async function PlanPage(props: PageProps<"/admin/plans/[key]">) {
  const ctx = await requireAdmin();
  const { key } = await props.params;
  const plans = await listPlans(ctx);
  const plan = plans.find((one) => one.key === key);
  if (!plan) notFound();
  const mayUpdate = mayOnPlatform(ctx.platformRole, "plans:update");
  const bases = plans.filter(({ kind }) => kind === "base").map(({ key, name }) => ({ key, name }));
  return (
    <Page>
      {plan.versions.some(({ status }) => status === "publishing") && <RefreshEvery seconds={2} />}
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            {plan.name} {plan.retiredAt && <Status of="retired" />}
          </span>
        }
        sentence={plan.description}
        actions={
          <>
            <LinkButton href="/admin/plans" variant="secondary" size="sm">
              All plans
            </LinkButton>
            <LinkButton
              href={`/admin/tenants?plan=${encodeURIComponent(plan.key)}`}
              variant="secondary"
              size="sm"
            >
              Tenants
            </LinkButton>
            <PlanActions
              plan={plan}
              subscribers={plan.versions.reduce((sum, one) => sum + one.subscribers, 0)}
              isRetired={plan.retiredAt !== null}
              isUnknown={plan.versions.every(({ status }) => status === "draft")}
              mayUpdate={mayUpdate}
              mayPublish={mayOnPlatform(ctx.platformRole, "plans:publish")}
            />
            {mayUpdate && (
              <NewDraft
                planId={plan.id}
                copyOf={plan.versions[0]?.versionId ?? null}
                label="New draft"
                variant="primary"
              />
            )}
          </>
        }
      />
      <Card title="Versions" note="the newest first" flush>
        <DataTable
          caption={`Versions of ${plan.name}`}
          columns={versionColumns}
          rows={plan.versions}
          rowKey={({ versionId }) => versionId}
          rowHref={({ versionId }) => `/admin/plans/versions/${versionId}`}
          empty={<p className="px-4 pb-4 text-muted">No version is left of this plan.</p>}
        />
      </Card>
      <Current plan={plan} />
      {mayUpdate && (
        <Card title="Name and place" note="key and Stripe names stay as they are">
          <PlanDetailsForm plan={plan} bases={bases} />
        </Card>
      )}
    </Page>
  );
}

/** What whoever chooses it now pays. */
function Current({ plan }: { plan: AdminPlan }) {
  const current = plan.versions.find(({ status }) => status === "published");
  if (!current) return null;
  return (
    <Card
      title={`On offer: version ${current.number}`}
      action={<TextLink href={`/admin/plans/versions/${current.versionId}`}>All about it</TextLink>}
      flush
    >
      <PlanPrices components={current.components} />
    </Card>
  );
}
