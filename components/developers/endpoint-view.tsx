import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { DeliveryFilter } from "#components/developers/delivery-filter";
import { DeliveryTable } from "#components/developers/delivery-table";
import { EndpointActions } from "#components/developers/endpoint-actions";
import { EndpointDetails } from "#components/developers/endpoint-details";
import { EndpointNotice } from "#components/developers/endpoint-notice";
import type { Place } from "#components/developers/place";
import { SecretCard } from "#components/developers/secret-card";
import { SendAgain } from "#components/developers/send-again";
import { WebhookState } from "#components/developers/states";
import { VerifySnippet } from "#components/developers/verify-snippet";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import type { DeliveryQuery } from "#lib/webhooks/input";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { type Listener, ownerOf, typesOf } from "#lib/webhooks/owner";

type Props = {
  ctx: Listener;
  place: Place;
  endpointId: string;
  query: Omit<DeliveryQuery, "endpoint">;
};

/** One endpoint: how it fares, its secrets, and what was sent to it. */
export async function EndpointView({ ctx, place, endpointId, query }: Props) {
  const t = await getTranslations("developers.endpoint");
  const root = `${place.pages}/endpoints/${endpointId}`;
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
        <TextLink href={place.pages}>{t("back")}</TextLink>
      </div>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            <span className="break-all">{url}</span> <WebhookState of={state} />
          </span>
        }
        sentence={description}
        actions={<EndpointActions {...{ place, id, isOn, types }} />}
      />
      <EndpointNotice endpoint={endpoint} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-1 gap-3">
          <DeliveryFilter {...{ root, query }} types={Object.keys(typesOf(ownerOf(ctx)))} />
          <DeliveryTable
            {...{ place, page }}
            unfiltered={query.status || query.type ? root : undefined}
            isOfOne
          />
        </div>
        <div className="grid gap-5 lg:col-start-2 lg:row-span-2 lg:row-start-1">
          <SecretCard {...{ place, id, secrets }} />
          <SendAgain {...{ place, id, url, isOn }} />
          <EndpointDetails endpoint={endpoint} />
        </div>
        <VerifySnippet />
      </div>
    </Page>
  );
}
