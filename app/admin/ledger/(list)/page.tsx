import { BookOpen } from "lucide-react";
import { z } from "zod";
import { forPage, readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { BookPicker } from "#components/ledger/book-picker";
import { StatementCards } from "#components/ledger/statement-cards";
import { TrialBalanceTable } from "#components/ledger/trial-balance-table";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { buttonStyle, LinkButton } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { getStatements, statementQuery } from "#lib/ledger/get-statements";
import { listBooks, nameOf } from "#lib/ledger/list-books";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Ledger" };

const pageQuery = statementQuery.extend({ book: z.string().max(100).default("platform") });

export default async function LedgerPage(props: PageProps<"/admin/ledger">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "ledger:read")) {
    return <NoAccess title="Ledger" permission="ledger:read" />;
  }
  const query = readQuery(pageQuery, await props.searchParams);
  const books = await listBooks(ctx);
  const { book, before, trialBalances, balanceSheets, incomeStatements } = await forPage(
    getStatements(ctx, query),
    "/admin/ledger",
  );
  const path = `/api/v1/admin/ledger/books/${encodeURIComponent(book.key)}`;
  const to = query.to ? `?to=${query.to}` : "";
  return (
    <Page>
      <PageHeader
        title={`Ledger of ${nameOf(book).replace("The", "the")}`}
        sentence={
          <>
            Everything that was so before <Moment at={before} />, entry by entry.
          </>
        }
        actions={
          <>
            <LinkButton
              href={`/admin/ledger/periods?book=${encodeURIComponent(book.key)}`}
              variant="secondary"
              size="sm"
            >
              Periods
            </LinkButton>
            <a href={`${path}/trial-balance${to}`} className={buttonStyle("secondary", "sm")}>
              CSV
            </a>
            <a href={`${path}/journal${to}`} className={buttonStyle("secondary", "sm")}>
              Journal
            </a>
          </>
        }
      />
      <Card flush>
        <BookPicker books={books} />
      </Card>
      {trialBalances.map((one) => (
        <div key={one.currency} className="grid grid-cols-1 gap-5">
          <TrialBalanceTable book={book.key} of={one} />
          <StatementCards
            sheet={balanceSheets.find(({ currency }) => currency === one.currency)!}
            income={incomeStatements.find(({ currency }) => currency === one.currency)}
          />
        </div>
      ))}
      {trialBalances.length === 0 && (
        <EmptyState icon={<BookOpen />} title="Nothing stands in this book yet">
          Invoices, payments, fees and payouts are entered as Stripe tells of them, each once.
        </EmptyState>
      )}
    </Page>
  );
}
