import { getTranslations } from "next-intl/server";
import { readBilling } from "#components/billing/read-billing";
import { orNoBook } from "#components/books/read-own";
import { ActivityCard } from "#components/tenant-overview/activity-card";
import { BooksLine } from "#components/tenant-overview/books-line";
import { Figures } from "#components/tenant-overview/figures";
import { GettingStarted, isSettingUp } from "#components/tenant-overview/getting-started";
import { LatestInvoices } from "#components/tenant-overview/latest-invoices";
import { Needs } from "#components/tenant-overview/needs";
import { PlanCard } from "#components/tenant-overview/plan-card";
import { TeamCard } from "#components/tenant-overview/team-card";
import { Page, PageHeader } from "#components/ui/page-header";
import { getOwnStanding } from "#lib/books/get-own-standing";
import { getTenantOverview } from "#lib/overview/get-tenant-overview";
import type { Need } from "#lib/overview/needs";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requirePerson, requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata() {
  const t = await getTranslations("tenant.overview");
  return { title: t("title") };
}

export default async function OverviewPage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const { person } = await requirePerson();
  const [overview, billing, standing, t] = await Promise.all([
    getTenantOverview(ctx),
    mayInTenant(ctx.role, "billing:read") ? readBilling(ctx) : null,
    mayInTenant(ctx.role, "books:read") ? orNoBook(getOwnStanding(ctx)) : null,
    getTranslations("tenant.overview"),
  ]);
  const { tenantSlug: slug } = ctx;
  const isNew = isSettingUp({ ctx, person, overview });
  const needs = overview.needs.filter(({ kind }) => !isNew || !saidBySteps.includes(kind));
  const hasPlan = overview.subscription !== null;
  const hasInvoices = overview.invoices !== null && (hasPlan || overview.invoices.length > 0);
  // Where a role does not see what happened, the team stands in its place.
  const hasMore = isNew || overview.activity !== null;
  const team = <TeamCard slug={slug} members={overview.members} myEmail={person.email} />;
  const sentence = isNew
    ? t("settingUp", { name: overview.name })
    : needs.length > 0
      ? t("needs", { count: needs.length })
      : t("calm");
  return (
    <Page>
      <PageHeader title={t("title")} sentence={sentence} />
      <Needs needs={needs} overview={overview} email={person.email} />
      {overview.subscription && <Figures ctx={ctx} overview={overview} billing={billing} />}
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid gap-5">
          {isNew && <GettingStarted ctx={ctx} person={person} overview={overview} />}
          {hasInvoices && (
            <LatestInvoices slug={slug} invoices={overview.invoices ?? []} hasPlan={hasPlan} />
          )}
          {overview.activity && <ActivityCard slug={slug} activity={overview.activity} />}
          {!hasMore && team}
        </div>
        <div className="grid gap-5">
          <PlanCard slug={slug} overview={overview} billing={billing} />
          {standing && <BooksLine slug={slug} standing={standing} />}
          {hasMore && team}
        </div>
      </div>
    </Page>
  );
}

/** What the first steps say already. */
const saidBySteps: readonly Need["kind"][] = [
  "verify_email",
  "choose_plan",
  "checkout_unfinished",
  "onboarding_open",
];
