import { HealthCard } from "#components/admin/health-card";
import { JobsCard } from "#components/admin/jobs-card";
import { Live } from "#components/admin/live";
import { NoAccess } from "#components/admin/no-access";
import { VersionsCard } from "#components/admin/versions-card";
import { WorkersCard } from "#components/admin/workers-card";
import { Page, PageHeader } from "#components/ui/page-header";
import { env } from "#lib/env";
import { getHealth, type HealthState } from "#lib/overview/get-health";
import { getSystem } from "#lib/overview/get-system";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "System" };

export default async function SystemPage() {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "system:read")) {
    return <NoAccess title="System" permission="system:read" />;
  }
  const [system, health] = await Promise.all([
    getSystem(ctx),
    getHealth(ctx, { stripeApiBase: env().STRIPE_API_BASE }),
  ]);
  return (
    <Page>
      <PageHeader title="System" sentence={sentences[health.status]} actions={<Live />} />
      <div className="grid items-start gap-3 lg:grid-cols-2">
        <HealthCard health={health} />
        <VersionsCard system={system} />
      </div>
      <WorkersCard workers={system.workers} />
      <JobsCard jobs={system.jobs} />
    </Page>
  );
}

const sentences = {
  ready: "Every part works.",
  degraded: "It serves, and one part needs a look.",
  down: "It cannot serve as it stands.",
} as const satisfies Record<HealthState, string>;
