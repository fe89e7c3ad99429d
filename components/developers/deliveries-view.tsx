import { forPage } from "#components/admin/list-query";
import { DeliveryFilter } from "#components/developers/delivery-filter";
import { DeliveryTable } from "#components/developers/delivery-table";
import { DeveloperTabs } from "#components/developers/developer-tabs";
import type { Place } from "#components/developers/place";
import { WebhooksHeader } from "#components/developers/webhooks-header";
import { Page } from "#components/ui/page-header";
import type { DeliveryQuery } from "#lib/webhooks/input";
import { listDeliveries } from "#lib/webhooks/list-deliveries";
import { type Listener, ownerOf, typesOf } from "#lib/webhooks/owner";

type Props = { ctx: Listener; place: Place; query: DeliveryQuery };

/** What was sent to all endpoints, filtered by the address. */
export async function DeliveriesView({ ctx, place, query }: Props) {
  const root = `${place.pages}/deliveries`;
  const page = await forPage(listDeliveries(ctx, query), root);
  const isFiltered = Boolean(query.status || query.type || query.endpoint);
  const types = Object.keys(typesOf(ownerOf(ctx)));
  return (
    <Page>
      <WebhooksHeader place={place} />
      <DeveloperTabs place={place} current="deliveries" />
      <div className="grid gap-3">
        <DeliveryFilter {...{ root, query, types }} />
        <DeliveryTable {...{ place, page }} unfiltered={isFiltered ? root : undefined} />
      </div>
    </Page>
  );
}
