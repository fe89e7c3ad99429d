import { getTranslations } from "next-intl/server";
import { forPage } from "#components/admin/list-query";
import { OwnEntry } from "#components/books/own-entry";
import { NoAccess } from "#components/tenant-settings/no-access";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { getOwnEntry } from "#lib/books/get-own-entry";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("books.entry");
  return { title: t("title") };
}

export default async function OwnEntryPage(props: PageProps<"/[tenant]/books/entries/[entry]">) {
  const { tenant, entry: entryId } = await props.params;
  const ctx = await requireTenant(tenant);
  const t = await getTranslations("books");
  if (!mayInTenant(ctx.role, "books:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="books" permission="books:read" />;
  }
  const list = `/${ctx.tenantSlug}/books/entries`;
  const entry = await forPage(getOwnEntry(ctx, { entryId }), list);
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={list}>{t("entry.back")}</TextLink>
      </div>
      <PageHeader
        title={<span className="font-mono text-base break-all">{entry.reference}</span>}
        sentence={t("entry.title")}
      />
      <OwnEntry slug={ctx.tenantSlug} entry={entry} />
    </Page>
  );
}
