import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { DeleteEndpoint } from "#components/developers/endpoint-actions";
import { EndpointForm } from "#components/developers/endpoint-form";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";
import { getEndpoint } from "#lib/webhooks/get-endpoint";
import { ourReach } from "#lib/webhooks/reach";
import { typeGroups } from "#lib/webhooks/type-groups";

type Props = { params: Promise<{ tenant: string; endpoint: string }> };

export async function generateMetadata() {
  const t = await getTranslations("developers.form");
  return { title: t("editTitle") };
}

export default async function EditEndpointPage({ params }: Props) {
  const { tenant, endpoint: endpointId } = await params;
  const ctx = await requireTenant(tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  const t = await getTranslations("developers");
  const root = `/${ctx.tenantSlug}/developers`;
  const endpoint = await forPage(getEndpoint(ctx, { endpointId }), root);
  const { id, url, description, types } = endpoint;
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={`${root}/endpoints/${id}`}>{url}</TextLink>
      </div>
      <PageHeader title={t("form.editTitle")} sentence={t("form.editSentence")} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <EndpointForm
          slug={ctx.tenantSlug}
          groups={typeGroups()}
          endpoint={{ id, url, description, types }}
          {...ourReach()}
        />
        <Card title={t("endpoint.dangerTitle")}>
          <p className="mb-3 text-muted">{t("endpoint.deleteHint")}</p>
          <DeleteEndpoint slug={ctx.tenantSlug} id={id} />
        </Card>
      </div>
    </Page>
  );
}
