import { z } from "zod";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { bookHref, entryHref } from "#components/ledger/addresses";
import { moveColumns } from "#components/ledger/move-columns";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { chart } from "#lib/ledger/chart";
import { listMoves, moveQuery } from "#lib/ledger/list-moves";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Account" };

const pageQuery = moveQuery.extend({
  book: z.string().max(100).default("platform"),
  code: moveQuery.shape.code.default("stripe:balance"),
  currency: moveQuery.shape.currency.default("usd"),
});

export default async function AccountPage(props: PageProps<"/admin/ledger/account">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "ledger:read")) {
    return <NoAccess title="Account" permission="ledger:read" />;
  }
  const query = readQuery(pageQuery, await props.searchParams);
  const { rows, next } = await forPage(listMoves(ctx, query), "/admin/ledger");
  const { code, currency, book } = query;
  const isKept = chart[code].keptBy !== null;
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={bookHref(book)}>Ledger</TextLink>
      </div>
      <PageHeader title={`${code} in ${currency.toUpperCase()}`} sentence={chart[code].sentence} />
      <Card flush>
        {isKept && (
          <FilterBar texts={[{ name: "subject", label: `Id of the ${chart[code].keptBy}` }]} />
        )}
        <DataTable
          caption="Moves"
          columns={moveColumns}
          rows={rows}
          rowKey={({ entryId, position, minor }) => `${entryId}.${position}.${minor > 0n}`}
          rowHref={({ entryId }) => entryHref(entryId)}
          next={next}
          empty={<p className="p-4 text-muted">Nothing has moved here.</p>}
        />
      </Card>
    </Page>
  );
}
