import { getTranslations } from "next-intl/server";
import { DeveloperTabs } from "#components/developers/developer-tabs";
import { EndpointTable } from "#components/developers/endpoint-table";
import type { Place } from "#components/developers/place";
import { VerifySnippet } from "#components/developers/verify-snippet";
import { WebhooksHeader } from "#components/developers/webhooks-header";
import { LinkButton } from "#components/ui/link-button";
import { Page } from "#components/ui/page-header";
import { listEndpoints } from "#lib/webhooks/list-endpoints";
import { type Listener, ownerOf, typesOf } from "#lib/webhooks/owner";

/** Every endpoint of a workspace's or the platform's, and how a receiver checks what arrives. */
export async function EndpointsView({ ctx, place }: { ctx: Listener; place: Place }) {
  const [t, endpoints] = await Promise.all([getTranslations("developers"), listEndpoints(ctx)]);
  const add = <LinkButton href={`${place.pages}/endpoints/new`}>{t("endpoints.add")}</LinkButton>;
  const typesCount = Object.keys(typesOf(ownerOf(ctx))).length;
  return (
    <Page>
      <WebhooksHeader place={place} actions={endpoints.length > 0 && add} />
      <DeveloperTabs place={place} current="endpoints" />
      <EndpointTable {...{ place, endpoints, typesCount }} />
      <VerifySnippet />
    </Page>
  );
}
