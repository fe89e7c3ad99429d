import { getTranslations } from "next-intl/server";
import { LinkForm } from "#components/selling/link-form";
import { SellingPage } from "#components/selling/selling-page";
import { Card } from "#components/ui/card";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("selling.links");
  return { title: t("newTitle") };
}

export default async function NewLinkPage(props: PageProps<"/[tenant]/links/new">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("selling.links");
  return (
    <SellingPage ctx={ctx} area="links" permission="payments:sell">
      {async () => (
        <Card title={t("newTitle")} note={t("newSentence")} className="max-w-2xl">
          <LinkForm slug={ctx.tenantSlug} />
        </Card>
      )}
    </SellingPage>
  );
}
