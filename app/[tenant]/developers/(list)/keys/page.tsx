import { getTranslations } from "next-intl/server";
import { DeveloperTabs } from "#components/developers/developer-tabs";
import { KeyTable } from "#components/developers/key-table";
import { placeOf } from "#components/developers/place";
import { LinkButton, TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { listApiKeys } from "#lib/tenancy/list-api-keys";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata() {
  const t = await getTranslations("developers.keys");
  return { title: t("title") };
}

export default async function KeysPage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  if (!mayInTenant(ctx.role, "keys:read")) return null; // The layout says so.
  const { tenantSlug: slug } = ctx;
  const [t, keys] = await Promise.all([getTranslations("developers"), listApiKeys(ctx)]);
  const add = <LinkButton href={`/${slug}/developers/keys/new`}>{t("keys.add")}</LinkButton>;
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} actions={keys.length > 0 && add} />
      <DeveloperTabs place={placeOf(slug)} current="keys" />
      <KeyTable slug={slug} keys={keys} />
      <p>
        <TextLink href="/reference">{t("keys.reference")}</TextLink>
      </p>
    </Page>
  );
}
