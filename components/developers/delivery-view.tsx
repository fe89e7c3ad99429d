import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { CodeBlock } from "#components/developers/code-block";
import { DeliveryDetails } from "#components/developers/delivery-details";
import type { Place } from "#components/developers/place";
import { prettyJson } from "#components/developers/pretty-json";
import { ReplayDelivery } from "#components/developers/replay-delivery";
import { WebhookState } from "#components/developers/states";
import { Tries } from "#components/developers/tries";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import { isMoving } from "#lib/webhooks/delivery";
import { getDelivery } from "#lib/webhooks/get-delivery";
import type { Listener } from "#lib/webhooks/owner";

type Props = { ctx: Listener; place: Place; deliveryId: string };

/** One message: every try of it, and what is sent. */
export async function DeliveryView({ ctx, place, deliveryId }: Props) {
  const t = await getTranslations("developers");
  const root = `${place.pages}/deliveries`;
  const delivery = await forPage(getDelivery(ctx, { deliveryId }), root);
  const { id, type, state, url, isEndpointOn, tries, body } = delivery;
  const isWaiting = state === "queued" || state === "retrying";
  const isSoon = isMoving(delivery, ctx.now());
  return (
    <Page>
      {isSoon && <RefreshEvery seconds={2} />}
      <div className="text-xs">
        <TextLink href={root}>{t("tabs.deliveries")}</TextLink>
      </div>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            <span className="font-mono text-lg">{type}</span> <WebhookState of={state} />
          </span>
        }
        sentence={isEndpointOn ? undefined : t("delivery.replayOff")}
        actions={
          isEndpointOn &&
          state !== "sending" && <ReplayDelivery {...{ place, id, url, isWaiting }} />
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Tries tries={tries} />
        <div className="grid grid-cols-1 gap-5">
          <DeliveryDetails place={place} delivery={delivery} />
          <Card title={t("delivery.body")}>
            <CodeBlock label={t("delivery.bodyLabel")} text={prettyJson(body)} wraps />
          </Card>
        </div>
      </div>
    </Page>
  );
}
