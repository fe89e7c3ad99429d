import { getTranslations } from "next-intl/server";
import { forPage, readQuery } from "#components/admin/list-query";
import { DeliveryFilter } from "#components/developers/delivery-filter";
import { DeliveryTable } from "#components/developers/delivery-table";
import { DeveloperTabs } from "#components/developers/developer-tabs";
import { Page, PageHeader } from "#components/ui/page-header";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";
import { deliveryQuery } from "#lib/webhooks/input";
import { listDeliveries } from "#lib/webhooks/list-deliveries";

type Props = {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function DeliveriesPage({ params, searchParams }: Props) {
  const ctx = await requireTenant((await params).tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  const { tenantSlug: slug } = ctx;
  const t = await getTranslations("developers");
  const root = `/${slug}/developers/deliveries`;
  const query = readQuery(deliveryQuery, await searchParams);
  const page = await forPage(listDeliveries(ctx, query), root);
  const isFiltered = Boolean(query.status || query.type || query.endpoint);
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <DeveloperTabs slug={slug} current="deliveries" />
      <div className="grid gap-3">
        <DeliveryFilter root={root} query={query} />
        <DeliveryTable slug={slug} page={page} unfiltered={isFiltered ? root : undefined} />
      </div>
    </Page>
  );
}
