import { getTranslations } from "next-intl/server";
import { forPage, readQuery } from "#components/admin/list-query";
import { BookTabs } from "#components/books/book-tabs";
import { FindEntry } from "#components/books/find-entry";
import { NoBook } from "#components/books/no-book";
import { OwnEntriesTable } from "#components/books/own-entries-table";
import { orNoBook } from "#components/books/read-own";
import { NoAccess } from "#components/tenant-settings/no-access";
import { Card } from "#components/ui/card";
import { Page, PageHeader } from "#components/ui/page-header";
import { listOwnEntries, ownEntryQuery } from "#lib/books/list-own-entries";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("books");
  return { title: t("title") };
}

export default async function OwnEntriesPage(props: PageProps<"/[tenant]/books/entries">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("books");
  if (!mayInTenant(ctx.role, "books:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="books" permission="books:read" />;
  }
  const { tenantSlug: slug } = ctx;
  const here = `/${slug}/books/entries`;
  const query = readQuery(ownEntryQuery, await props.searchParams);
  const page = await forPage(orNoBook(listOwnEntries(ctx, query)), here);
  return (
    <Page>
      <PageHeader title={t("title")} sentence={t("sentence")} />
      <BookTabs slug={slug} current="entries" />
      {page === null ? (
        <NoBook />
      ) : (
        <>
          <FindEntry action={here} objectId={query.objectId} />
          <Card flush>
            <OwnEntriesTable slug={slug} page={page} />
          </Card>
        </>
      )}
    </Page>
  );
}
