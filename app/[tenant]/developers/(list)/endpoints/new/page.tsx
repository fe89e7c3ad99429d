import { getTranslations } from "next-intl/server";
import { EndpointForm } from "#components/developers/endpoint-form";
import { WhatToExpect } from "#components/developers/what-to-expect";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { requireTenant } from "#lib/web/session";
import { ourReach } from "#lib/webhooks/reach";
import { typeGroups } from "#lib/webhooks/type-groups";

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata() {
  const t = await getTranslations("developers.form");
  return { title: t("newTitle") };
}

export default async function NewEndpointPage({ params }: Props) {
  const { tenantSlug: slug } = await requireTenant((await params).tenant);
  const t = await getTranslations("developers");
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={`/${slug}/developers`}>{t("endpoint.back")}</TextLink>
      </div>
      <PageHeader title={t("form.newTitle")} sentence={t("form.newSentence")} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <EndpointForm slug={slug} groups={typeGroups()} {...ourReach()} />
        <WhatToExpect />
      </div>
    </Page>
  );
}
