import { getTranslations } from "next-intl/server";
import { forPage, readQuery } from "#components/admin/list-query";
import { LinkTable } from "#components/selling/link-table";
import { SellingPage } from "#components/selling/selling-page";
import { LinkButton } from "#components/ui/link-button";
import { cursorQuery } from "#lib/selling/input";
import { listLinks } from "#lib/selling/list-links";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("selling.links");
  return { title: t("title") };
}

export default async function LinksPage(props: PageProps<"/[tenant]/links">) {
  const ctx = await requireTenant((await props.params).tenant);
  const { cursor } = readQuery(cursorQuery, await props.searchParams);
  const t = await getTranslations("selling.links");
  const { tenantSlug: slug } = ctx;
  const maySell = mayInTenant(ctx.role, "payments:sell");
  const action = (
    <LinkButton href={`/${slug}/links/new`} size="sm">
      {t("new")}
    </LinkButton>
  );
  return (
    <SellingPage ctx={ctx} area="links" actions={maySell && action}>
      {async () => (
        <LinkTable
          slug={slug}
          page={await forPage(listLinks(ctx, { cursor }), `/${slug}/links`)}
          maySell={maySell}
        />
      )}
    </SellingPage>
  );
}
