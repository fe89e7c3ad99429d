import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { CodeBlock } from "#components/developers/code-block";
import { DeliveryTable } from "#components/developers/delivery-table";
import type { Place } from "#components/developers/place";
import { prettyJson } from "#components/developers/pretty-json";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { type EventPage, getEvent } from "#lib/webhooks/get-event";
import type { Listener } from "#lib/webhooks/owner";
import { readReference } from "#lib/webhooks/reference";

type Props = { ctx: Listener; place: Place; segment: string };

/** One event: what endpoints are sent of it, and what became of that at each. */
export async function EventView({ ctx, place, segment }: Props) {
  const t = await getTranslations("developers");
  const reference = readReference(segment);
  if (reference === undefined) notFound();
  const root = `${place.pages}/events`;
  const event = await forPage(getEvent(ctx, { reference }), root);
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={root}>{t("events.back")}</TextLink>
      </div>
      <PageHeader
        title={<span className="font-mono text-lg">{event.type}</span>}
        sentence={t(`types.${event.type}` as "types.invoice.paid")}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid grid-cols-1 gap-5">
          <Card title={t("events.body")}>
            <CodeBlock label={t("events.bodyLabel")} text={prettyJson(event.body)} wraps />
          </Card>
          <WhoWasTold place={place} event={event} />
        </div>
        <Card title={t("events.details")}>
          <Facts>
            <Fact label={t("events.id")}>
              <CopyableId id={event.reference} />
            </Fact>
            <Fact label={t("events.about")}>
              <CopyableId id={event.objectId} />
            </Fact>
            <Fact label={t("events.when")}>
              <Moment at={event.at} />
            </Fact>
          </Facts>
        </Card>
      </div>
    </Page>
  );
}

async function WhoWasTold({ place, event: { deliveries } }: { place: Place; event: EventPage }) {
  const t = await getTranslations("developers.events");
  return (
    <section className="grid gap-3">
      <h2 className="font-semibold">{t("toldTitle")}</h2>
      {deliveries.length > 0 ? (
        <DeliveryTable place={place} page={{ rows: [...deliveries], next: null }} />
      ) : (
        <Card>
          <EmptyState title={t("toldNone")}>{t("toldNoneBody")}</EmptyState>
        </Card>
      )}
    </section>
  );
}
