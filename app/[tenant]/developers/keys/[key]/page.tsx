import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { KeyDetails, KeyScopes } from "#components/developers/key-details";
import { KeySecretCard, RevokeKey } from "#components/developers/key-secret-card";
import { KeyState } from "#components/developers/key-table";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { getApiKey } from "#lib/tenancy/list-api-keys";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string; key: string }> };

export default async function KeyPage({ params }: Props) {
  const { tenant, key: keyId } = await params;
  const ctx = await requireTenant(tenant);
  if (!mayInTenant(ctx.role, "keys:read")) return null; // The layout says so.
  const { tenantSlug: slug } = ctx;
  const root = `/${slug}/developers/keys`;
  const [t, key] = await Promise.all([
    getTranslations("developers.keys.key"),
    forPage(getApiKey(ctx, { keyId }), root),
  ]);
  const isActive = key.state === "active";
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={root}>{t("back")}</TextLink>
      </div>
      <PageHeader
        title={
          <span className="flex flex-wrap items-center gap-2">
            <span className="break-words">{key.name}</span> <KeyState of={key.state} />
          </span>
        }
        sentence={isActive ? "" : t(key.state === "revoked" ? "revokedNote" : "expiredNote")}
        actions={isActive && <RevokeKey slug={slug} of={key} />}
      />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <KeyScopes of={key} />
        <div className="grid gap-5">
          <KeySecretCard slug={slug} of={key} />
          <KeyDetails of={key} />
        </div>
      </div>
    </Page>
  );
}
