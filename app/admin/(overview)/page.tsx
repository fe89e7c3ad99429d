import { Building2 } from "lucide-react";
import { Amounts } from "#components/admin/amounts";
import { BooksCard } from "#components/admin/books-card";
import { Count } from "#components/admin/count";
import { formatDuration } from "#components/admin/duration";
import { InboxCard } from "#components/admin/inbox-card";
import { Live } from "#components/admin/live";
import { OwedCard } from "#components/admin/owed-card";
import { PlatformAlerts } from "#components/admin/platform-alerts";
import { ShareBars } from "#components/admin/share-bars";
import { StatLink } from "#components/admin/stat-link";
import { WeeklyBars } from "#components/admin/weekly-bars";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { type AdminOverview, getAdminOverview } from "#lib/overview/get-admin-overview";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Overview" };

export default async function AdminOverviewPage() {
  const overview = await getAdminOverview(await requireAdmin());
  const { tenants, inbox, invoices, openChecks, openAlerts } = overview;
  return (
    <Page>
      <PageHeader title="Overview" sentence={sentenceOf(overview)} actions={<Live />} />
      <PlatformAlerts inbox={inbox} openChecks={openChecks} openAlerts={openAlerts} />
      {tenants.total === 0 ? <NoTenants /> : <Business {...overview} />}
      <div className="grid gap-3 lg:grid-cols-3">
        <BooksCard verdict={overview.books} />
        <InboxCard inbox={inbox} />
        <OwedCard invoices={invoices} />
      </div>
    </Page>
  );
}

function Business({ tenants, subscriptions, mrr }: AdminOverview) {
  const recent = tenants.newPerWeek.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <StatLink
          label="Monthly recurring revenue"
          value={<Amounts of={mrr} none="None yet" />}
          note="subscriptions of now, usage apart"
          href="/admin/tenants?status=active"
        />
        <StatLink
          label="Active subscriptions"
          value={<Count of={subscriptions.active} />}
          note="trials included"
          href="/admin/tenants?status=active"
        />
        <StatLink
          label="Past due"
          value={<Count of={subscriptions.pastDue} />}
          note={subscriptions.pastDue ? "a payment failed" : "every payment arrived"}
          href="/admin/tenants?status=past_due"
        />
        <StatLink
          label="Tenants"
          value={<Count of={tenants.total} />}
          note={`${tenants.newPerWeek.at(-1)?.count ?? 0} new this week`}
          href="/admin/tenants"
        />
      </div>
      <div className="grid gap-3 lg:grid-cols-2">
        <Card title="Subscriptions by plan" note="active, on trial or past due">
          <ShareBars
            label="Subscriptions by plan"
            of={subscriptions.byPlan.map((plan) => ({
              ...plan,
              href: `/admin/tenants?plan=${encodeURIComponent(plan.key)}`,
            }))}
          />
        </Card>
        <Card
          title="New tenants per week"
          note={`${recent} in twelve weeks`}
          action={<TextLink href="/admin/tenants">All tenants</TextLink>}
        >
          <WeeklyBars label="New tenants per week" of={tenants.newPerWeek} />
        </Card>
      </div>
    </>
  );
}

function NoTenants() {
  return (
    <Card>
      <EmptyState
        icon={<Building2 />}
        title="No tenants yet"
        action={<LinkButton href="/pricing">See the pricing page</LinkButton>}
      >
        A tenant appears here as soon as someone signs up. Revenue and subscriptions follow from
        what Stripe reports of them.
      </EmptyState>
    </Card>
  );
}

function sentenceOf({ tenants, inbox }: AdminOverview): string {
  const { p99Ms, recent } = inbox;
  const lag =
    p99Ms === null
      ? "No event of Stripe's was handled lately."
      : `Of the latest events, 99 of 100 were reflected within ${formatDuration(p99Ms)}.`;
  return recent.count === 0 && tenants.total === 0 ? "Ready for the first tenant." : lag;
}
