import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { DeveloperTabs } from "#components/developers/developer-tabs";
import { EventTable } from "#components/developers/event-table";
import type { Place } from "#components/developers/place";
import { TypeFilter } from "#components/developers/type-filter";
import { WebhooksHeader } from "#components/developers/webhooks-header";
import { Page } from "#components/ui/page-header";
import type { EventQuery } from "#lib/webhooks/input";
import { listEvents } from "#lib/webhooks/list-events";
import { type Listener, ownerOf, typesOf } from "#lib/webhooks/owner";

type Props = { ctx: Listener; place: Place; query: EventQuery };

/** What happened that endpoints can be told of. */
export async function EventsView({ ctx, place, query }: Props) {
  const t = await getTranslations("developers");
  const page = await forPage(listEvents(ctx, query), `${place.pages}/events`);
  return (
    <Page>
      <WebhooksHeader place={place} sentence={t("events.sentence")} />
      <DeveloperTabs place={place} current="events" />
      <div className="grid gap-3">
        <div className="flex justify-end">
          <TypeFilter types={Object.keys(typesOf(ownerOf(ctx)))} current={query.type} />
        </div>
        <EventTable {...{ place, page }} isFiltered={query.type !== undefined} />
      </div>
    </Page>
  );
}
