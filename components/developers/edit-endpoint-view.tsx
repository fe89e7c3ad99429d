import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { DeleteEndpoint } from "#components/developers/endpoint-actions";
import { EndpointForm } from "#components/developers/endpoint-form";
import type { Place } from "#components/developers/place";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import { type Listener, ownerOf } from "#lib/webhooks/owner";
import { ourReach } from "#lib/webhooks/reach";
import { typeGroups } from "#lib/webhooks/type-groups";

type Props = { ctx: Listener; place: Place; endpointId: string };

/** The form of an endpoint that is there, and the way to delete it. */
export async function EditEndpointView({ ctx, place, endpointId }: Props) {
  const t = await getTranslations("developers");
  const endpoint = await forPage(getEndpoint(ctx, { endpointId }), place.pages);
  const { id, url, description, types } = endpoint;
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={`${place.pages}/endpoints/${id}`}>{url}</TextLink>
      </div>
      <PageHeader title={t("form.editTitle")} sentence={t("form.editSentence")} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <EndpointForm
          place={place}
          groups={typeGroups(ownerOf(ctx))}
          endpoint={{ id, url, description, types }}
          {...ourReach()}
        />
        <Card title={t("endpoint.dangerTitle")}>
          <p className="mb-3 text-muted">{t("endpoint.deleteHint")}</p>
          <DeleteEndpoint place={place} id={id} />
        </Card>
      </div>
    </Page>
  );
}
