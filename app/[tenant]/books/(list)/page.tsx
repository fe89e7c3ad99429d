import { BookOpen } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { readQuery } from "#components/admin/list-query";
import { BookStanding } from "#components/books/book-standing";
import { BookTabs } from "#components/books/book-tabs";
import { DaysForm } from "#components/books/days-form";
import { NoBook } from "#components/books/no-book";
import { OwnStatements } from "#components/books/own-statements";
import { OwnTrialBalance } from "#components/books/own-trial-balance";
import { orNoBook } from "#components/books/read-own";
import { NoAccess } from "#components/tenant-settings/no-access";
import { EmptyState } from "#components/ui/empty-state";
import { buttonStyle } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { getOwnStatements } from "#lib/books/get-own-statements";
import { getOwnVerdict } from "#lib/books/get-own-verdict";
import { type Statements, statementQuery } from "#lib/ledger/get-statements";
import { mayInTenant } from "#lib/tenancy/permissions";
import { requireTenant } from "#lib/web/session";

export async function generateMetadata() {
  const t = await getTranslations("books");
  return { title: t("title") };
}

export default async function BooksPage(props: PageProps<"/[tenant]/books">) {
  const ctx = await requireTenant((await props.params).tenant);
  const t = await getTranslations("books");
  if (!mayInTenant(ctx.role, "books:read")) {
    return <NoAccess title={t("title")} ctx={ctx} what="books" permission="books:read" />;
  }
  const { tenantSlug: slug } = ctx;
  const query = readQuery(statementQuery, await props.searchParams);
  const statements = await orNoBook(getOwnStatements(ctx, query));
  const api = `/api/v1/tenants/${slug}/books`;
  const { from, to } = query;
  const at = `?${new URLSearchParams({ ...(from && { from }), ...(to && { to }) })}`;
  return (
    <Page>
      <PageHeader
        title={t("title")}
        sentence={t("sentence")}
        actions={
          statements && (
            <>
              <a href={`${api}/trial-balance${at}`} className={buttonStyle("secondary", "sm")}>
                {t("export.csv")}
              </a>
              <a href={`${api}/journal${at}`} className={buttonStyle("secondary", "sm")}>
                {t("export.journal")}
              </a>
            </>
          )
        }
      />
      <BookTabs slug={slug} current="statements" />
      {statements === null ? (
        <NoBook />
      ) : (
        <>
          <BookStanding verdict={await getOwnVerdict(ctx)} />
          <DaysForm action={`/${slug}/books`} from={from} to={to} />
          <Currencies slug={slug} of={statements} />
        </>
      )}
    </Page>
  );
}

async function Currencies({ slug, of }: { slug: string; of: Statements }) {
  const t = await getTranslations("books.nothing");
  const { trialBalances, balanceSheets, incomeStatements, from } = of;
  const shown = trialBalances.filter(({ lines }) => lines.length > 0);
  if (shown.length === 0) {
    return (
      <EmptyState icon={<BookOpen />} title={t("title")}>
        {t("body")}
      </EmptyState>
    );
  }
  return shown.map((one) => (
    <div key={one.currency} className="grid grid-cols-1 gap-5">
      <OwnTrialBalance slug={slug} of={one} />
      <OwnStatements
        sheet={balanceSheets.find(({ currency }) => currency === one.currency)!}
        income={incomeStatements.find(({ currency }) => currency === one.currency)}
        from={from}
      />
    </div>
  ));
}
