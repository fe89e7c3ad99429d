import { getTranslations } from "next-intl/server";
import { SettingsTabs } from "#components/connect/account-page";
import { NameForm } from "#components/tenant-settings/name-form";
import { SlugForm } from "#components/tenant-settings/slug-form";
import { Banner } from "#components/ui/banner";
import { Fact, Facts, Section } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Page, PageHeader } from "#components/ui/page-header";
import { env } from "#lib/env";
import type { TenantContext } from "#lib/tenancy/context";
import { listMyTenants } from "#lib/tenancy/list-my-tenants";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requirePerson, requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }> };

export async function generateMetadata() {
  const t = await getTranslations("tenant.settings");
  return { title: t("title") };
}

export default async function SettingsPage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  const t = await getTranslations("tenant.settings");
  const mine = await listMyTenants(await requirePerson());
  const name = mine.find(({ slug }) => slug === ctx.tenantSlug)?.name ?? ctx.tenantSlug;
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <SettingsTabs ctx={ctx} current="general" />
      {mayInTenant(ctx.role, "tenant:update") ? (
        <Editable slug={ctx.tenantSlug} name={name} />
      ) : (
        <ReadOnly ctx={ctx} name={name} />
      )}
      <Section title={t("factsTitle")} description={t("factsBody")}>
        <div className="max-w-md">
          <Facts>
            <Fact label={t("id")}>
              <CopyableId id={ctx.tenantId} />
            </Fact>
          </Facts>
        </div>
      </Section>
    </Page>
  );
}

async function Editable({ slug, name }: { slug: string; name: string }) {
  const t = await getTranslations("tenant.settings");
  return (
    <div>
      <Section title={t("nameTitle")} description={t("nameBody")}>
        <NameForm slug={slug} name={name} />
      </Section>
      <Section title={t("slugTitle")} description={t("slugBody")}>
        <SlugForm slug={slug} origin={new URL(env().LOCKSTEP_URL).origin} />
      </Section>
    </div>
  );
}

async function ReadOnly({ ctx, name }: { ctx: TenantContext; name: string }) {
  const t = await getTranslations("tenant");
  return (
    <>
      <Banner title={t("settings.readOnly", { role: t(`roles.${ctx.role}`).toLowerCase() })} />
      <Section title={t("settings.nameTitle")} description={t("settings.nameBody")}>
        <p className="font-medium">{name}</p>
      </Section>
    </>
  );
}
