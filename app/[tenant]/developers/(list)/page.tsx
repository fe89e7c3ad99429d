import { getTranslations } from "next-intl/server";
import { DeveloperTabs } from "#components/developers/developer-tabs";
import { EndpointTable } from "#components/developers/endpoint-table";
import { VerifySnippet } from "#components/developers/verify-snippet";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";
import { listEndpoints } from "#lib/webhooks/list-endpoints";

type Props = { params: Promise<{ tenant: string }> };

export default async function EndpointsPage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  if (!mayInTenant(ctx.role, "developers:read")) return null; // The layout says so.
  const { tenantSlug: slug } = ctx;
  const [t, endpoints] = await Promise.all([getTranslations("developers"), listEndpoints(ctx)]);
  const add = (
    <LinkButton href={`/${slug}/developers/endpoints/new`}>{t("endpoints.add")}</LinkButton>
  );
  return (
    <Page>
      <PageHeader
        title={t("title")}
        sentence={t("sentence")}
        actions={endpoints.length > 0 && add}
      />
      <DeveloperTabs slug={slug} current="endpoints" />
      <EndpointTable slug={slug} endpoints={endpoints} />
      <VerifySnippet />
    </Page>
  );
}
