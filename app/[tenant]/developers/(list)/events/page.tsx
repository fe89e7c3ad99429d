import { getTranslations } from "next-intl/server";
import { forPage, readQuery } from "#components/admin/list-query";
import { DeveloperTabs } from "#components/developers/developer-tabs";
import { EventTable } from "#components/developers/event-table";
import { TypeFilter } from "#components/developers/type-filter";
import { Page, PageHeader } from "#components/ui/page-header";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";
import { eventTypeNames } from "#lib/webhooks/event-types";
import { eventQuery } from "#lib/webhooks/input";
import { listEvents } from "#lib/webhooks/list-events";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EventsPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  const { tenantSlug: slug } = ctx;
  const t = await getTranslations("developers");
  const query = readQuery(eventQuery, await searchParams);
  const page = await forPage(listEvents(ctx, query), `/${slug}/developers/events`);
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("events.sentence")} />
      <DeveloperTabs slug={slug} current="events" />
      <div className="grid gap-3">
        <div className="flex justify-end">
          <TypeFilter types={eventTypeNames} current={query.type} />
        </div>
        <EventTable slug={slug} page={page} isFiltered={query.type !== undefined} />
      </div>
    </Page>
  );
}
