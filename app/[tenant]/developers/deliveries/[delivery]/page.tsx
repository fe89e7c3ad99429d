import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { CodeBlock } from "#components/developers/code-block";
import { DeliveryDetails } from "#components/developers/delivery-details";
import { prettyJson } from "#components/developers/pretty-json";
import { ReplayDelivery } from "#components/developers/replay-delivery";
import { WebhookState } from "#components/developers/states";
import { Tries } from "#components/developers/tries";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { RefreshEvery } from "#components/ui/refresh-every";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";
import { isMoving } from "#lib/webhooks/delivery";
import { getDelivery } from "#lib/webhooks/get-delivery";

type Props = { params: Promise<{ tenant: string; delivery: string }> };

export default async function DeliveryPage({ params }: Props) {
  const { tenant, delivery: deliveryId } = await params;
  const ctx = await requireTenant(tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  const { tenantSlug: slug } = ctx;
  const t = await getTranslations("developers");
  const root = `/${slug}/developers/deliveries`;
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
          state !== "sending" && <ReplayDelivery {...{ slug, id, url, isWaiting }} />
        }
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <Tries tries={tries} />
        <div className="grid grid-cols-1 gap-5">
          <DeliveryDetails slug={slug} delivery={delivery} />
          <Card title={t("delivery.body")}>
            <CodeBlock label={t("delivery.bodyLabel")} text={prettyJson(body)} wraps />
          </Card>
        </div>
      </div>
    </Page>
  );
}
