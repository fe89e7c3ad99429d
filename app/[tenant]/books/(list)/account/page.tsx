import { getTranslations } from "next-intl/server";
import { forPage, readQuery } from "#components/admin/list-query";
import { NoBook } from "#components/books/no-book";
import { OwnMovesTable } from "#components/books/own-moves-table";
import { orNoBook } from "#components/books/read-own";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { listOwnMoves } from "#lib/books/list-own-moves";
import { moveQuery } from "#lib/ledger/list-moves";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

const pageQuery = moveQuery.extend({
  code: moveQuery.shape.code.default("stripe:balance"),
  currency: moveQuery.shape.currency.default("usd"),
});

export async function generateMetadata() {
  const t = await getTranslations("books");
  return { title: t("title") };
}

export default async function OwnAccountPage(props: PageProps<"/[tenant]/books/account">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("books");
  if (!mayInTenant(ctx.role, "books:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="books" permission="books:read" />;
  }
  const query = readQuery(pageQuery, await props.searchParams);
  const { code } = query;
  const here = `/${ctx.tenantSlug}/books`;
  const page = await forPage(orNoBook(listOwnMoves(ctx, query)), here);
  const named = { name: t(`accounts.${code}.name`), currency: query.currency.toUpperCase() };
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={here}>{t("account.back")}</TextLink>
      </div>
      <PageHeader title={t("account.title", named)} sentence={t(`accounts.${code}.says`)} />
      {page === null ? (
        <NoBook />
      ) : (
        <Card flush>
          <OwnMovesTable slug={ctx.tenantSlug} page={page} />
        </Card>
      )}
    </Page>
  );
}
