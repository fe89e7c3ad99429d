import { getFormatter, getTranslations } from "next-intl/server";
import { KeyForm } from "#components/developers/key-form";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { givableScopes } from "#lib/tenancy/api-key";
import { mayInTenant } from "#lib/tenancy/permissions";
import { apiUrl } from "#lib/web/context";
import { requireTenant } from "#lib/web/session";

type Props = { params: Promise<{ tenant: string }> };

const dayMs = 86_400_000;
const spans = [365, 90, 30] as const;

export async function generateMetadata() {
  const t = await getTranslations("developers.keys.new");
  return { title: t("title") };
}

export default async function NewKeyPage({ params }: Props) {
  const ctx = await requireTenant((await params).tenant);
  if (!mayInTenant(ctx.role, "keys:update")) return null; // The layout says so.
  const { tenantSlug: slug } = ctx;
  const t = await getTranslations("developers.keys");
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={`/${slug}/developers/keys`}>{t("key.back")}</TextLink>
      </div>
      <PageHeader title={t("new.title")} sentence={t("new.sentence")} />
      <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <KeyForm
          slug={slug}
          scopes={givableScopes(ctx.role)}
          expiries={await expiriesFrom(ctx.now())}
          apiUrl={apiUrl()}
        />
        <Card title={t("new.useTitle")}>
          <ul className="grid list-disc gap-2 ps-4 text-muted">
            <li>{t("new.useSecret")}</li>
            <li>{t("new.useHeader")}</li>
            <li>{t("new.useRotate")}</li>
            <li>{t("new.useRevoke")}</li>
          </ul>
        </Card>
      </div>
    </Page>
  );
}

/** By the product's clock, because the browser's may be another. */
async function expiriesFrom(now: Date) {
  const [t, format] = await Promise.all([getTranslations("developers.keys.new"), getFormatter()]);
  const dated = spans.map((days) => {
    const at = new Date(now.getTime() + days * dayMs);
    return {
      value: at.toISOString(),
      label: t("until", { span: t(`day${days}`) }),
      description: t("untilHelp", { date: format.dateTime(at, { dateStyle: "medium" }) }),
    };
  });
  return [...dated, { value: "", label: t("forever"), description: t("foreverHelp") }];
}
