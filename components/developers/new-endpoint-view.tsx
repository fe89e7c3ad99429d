import { getTranslations } from "next-intl/server";
import { EndpointForm } from "#components/developers/endpoint-form";
import type { Place } from "#components/developers/place";
import { WhatToExpect } from "#components/developers/what-to-expect";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { type Listener, ownerOf } from "#lib/webhooks/owner";
import { ourReach } from "#lib/webhooks/reach";
import { typeGroups } from "#lib/webhooks/type-groups";

/** The form for a new endpoint, beside what arrives there. */
export async function NewEndpointView({ ctx, place }: { ctx: Listener; place: Place }) {
  const t = await getTranslations("developers");
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={place.pages}>{t("endpoint.back")}</TextLink>
      </div>
      <PageHeader title={t("form.newTitle")} sentence={t("form.newSentence")} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <EndpointForm place={place} groups={typeGroups(ownerOf(ctx))} {...ourReach()} />
        <WhatToExpect />
      </div>
    </Page>
  );
}
