import { getTranslations } from "next-intl/server";
import { forPage, readQuery } from "#components/admin/list-query";
import { DeliveryFilter } from "#components/developers/delivery-filter";
import { DeliveryTable } from "#components/developers/delivery-table";
import { EndpointActions } from "#components/developers/endpoint-actions";
import { EndpointDetails } from "#components/developers/endpoint-details";
import { EndpointNotice } from "#components/developers/endpoint-notice";
import { SecretCard } from "#components/developers/secret-card";
import { SendAgain } from "#components/developers/send-again";
import { WebhookState } from "#components/developers/states";
import { VerifySnippet } from "#components/developers/verify-snippet";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import { deliveryQuery } from "#lib/webhooks/input";
import { listDeliveries } from "#lib/webhooks/list-deliveries";

type Props = {
  params: Promise<{ tenant: string; endpoint: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function EndpointPage({ params, searchParams }: Props) {
  const { tenant, endpoint: endpointId } = await params;
  const ctx = await requireTenant(tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  const { tenantSlug: slug } = ctx;
  const t = await getTranslations("developers.endpoint");
  const root = `/${slug}/developers/endpoints/${endpointId}`;
  const { endpoint: _, ...query } = readQuery(deliveryQuery, await searchParams);
  const [endpoint, page] = await forPage(
    Promise.all([
      getEndpoint(ctx, { endpointId }),
      listDeliveries(ctx, { ...query, endpoint: endpointId }),
    ]),
    root,
  );
  const { id, url, description, types, state, secrets } = endpoint;
  const isOn = state !== "off";
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={`/${slug}/developers`}>{t("back")}</TextLink>
      </div>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            <span className="break-all">{url}</span> <WebhookState of={state} />
          </span>
        }
        sentence={description}
        actions={<EndpointActions {...{ slug, id, isOn, types }} />}
      />
      <EndpointNotice endpoint={endpoint} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-1 gap-3">
          <DeliveryFilter root={root} query={query} />
          <DeliveryTable
            {...{ slug, page }}
            unfiltered={query.status || query.type ? root : undefined}
            isOfOne
          />
        </div>
        <div className="grid gap-5 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <SecretCard {...{ slug, id, secrets }} />
          <SendAgain {...{ slug, id, url, isOn }} />
          <EndpointDetails endpoint={endpoint} />
        </div>
        <VerifySnippet />
      </div>
    </Page>
  );
}
