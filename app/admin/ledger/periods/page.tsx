import { LockOpen } from "lucide-react";
import { z } from "zod";
import { forPage, readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { bookHref } from "#components/ledger/addresses";
import { BookPicker } from "#components/ledger/book-picker";
import { CloseButton, ReopenButton } from "#components/ledger/period-buttons";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { type Closing, listClosings } from "#lib/ledger/close-book";
import { listBooks, nameOf } from "#lib/ledger/list-books";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Periods" };

const pageQuery = z.object({ book: z.string().max(100).default("platform") });

export default async function PeriodsPage(props: PageProps<"/admin/ledger/periods">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "ledger:read")) {
    return <NoAccess title="Periods" permission="ledger:read" />;
  }
  const { book: key } = readQuery(pageQuery, await props.searchParams);
  const closings = await forPage(listClosings(ctx, { book: key }), "/admin/ledger/periods");
  const books = await listBooks(ctx);
  const book = books.find((one) => one.key === key)!;
  const last = new Date(ctx.now().getTime());
  last.setUTCDate(0);
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={bookHref(key)}>Ledger</TextLink>
      </div>
      <PageHeader
        title={`Periods of ${nameOf(book).replace("The", "the")}`}
        sentence={
          book.closedBefore
            ? `Closed through ${monthBefore(book.closedBefore)}: nothing is entered there any more.`
            : "Every month is open."
        }
        actions={
          mayOnPlatform(ctx.platformRole, "ledger:close") && (
            <>
              <CloseButton book={key} through={last.toISOString().slice(0, 7)} />
              {book.closedBefore && (
                <ReopenButton book={key} from={monthBefore(book.closedBefore)} />
              )}
            </>
          )
        }
      />
      <Card flush>
        <BookPicker books={books} hasDays={false} />
        <DataTable
          caption="Closings"
          columns={columns}
          rows={closings}
          rowKey={({ id }) => id}
          empty={
            <EmptyState icon={<LockOpen />} title="No month was closed yet">
              A closed month keeps its statements: what comes late is entered in an open one.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}

/** The last month that is closed, as 2026-03. */
function monthBefore(instant: Date): string {
  return new Date(instant.getTime() - 1).toISOString().slice(0, 7);
}

const columns: Column<Closing>[] = [
  {
    header: "What",
    cell: ({ closedBefore, wasBefore }) =>
      closedBefore && (!wasBefore || closedBefore > wasBefore)
        ? `Closed through ${monthBefore(closedBefore)}`
        : `Opened again from ${closedBefore?.toISOString().slice(0, 7) ?? "the first"}`,
  },
  { header: "Why", cell: ({ reason }) => <span className="break-words">{reason}</span> },
  { header: "By", cell: ({ by }) => by },
  { header: "When", cell: ({ at }) => <Moment at={at} />, align: "end" },
];
