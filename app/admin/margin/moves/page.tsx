import { forPage, readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { entryHref } from "#components/ledger/addresses";
import { marginHref } from "#components/margin/addresses";
import { moveColumns } from "#components/margin/move-columns";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { figures } from "#lib/margin/figures";
import { dimensionNames, dimensions, type Filters, marginMoveQuery } from "#lib/margin/input";
import { listMarginMoves } from "#lib/margin/list-margin-moves";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Moves of the margin" };

export default async function MarginMovesPage(props: PageProps<"/admin/margin/moves">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "ledger:read")) {
    return <NoAccess title="Moves of the margin" permission="ledger:read" />;
  }
  const query = readQuery(marginMoveQuery, await props.searchParams);
  const { figure, cursor: _, ...kept } = query;
  const { rows, next, total, currency, span, asOf } = await forPage(
    listMarginMoves(ctx, query),
    "/admin/margin",
  );
  const { label, sentence } = figure === "net" ? net : figures[figure];
  const isCost = figure !== "net" && figures[figure].effect === "lessens";
  return (
    <Page>
      <div className="text-xs">
        <TextLink href={marginHref(kept)}>Margin</TextLink>
      </div>
      <PageHeader
        title={
          <>
            {label}: <Amount of={{ minor: total[figure], currency }} />
          </>
        }
        sentence={
          <>
            {sentence} {isCost && "What it takes stands below zero."} {wordsOf(query)}{" "}
            <Moment at={span.from} as="date" /> to{" "}
            <Moment at={new Date(span.before.getTime() - 1)} as="date" /> (UTC), as of{" "}
            <Moment at={asOf} as="exact" />.
          </>
        }
      />
      <Card flush>
        <DataTable
          caption={`Moves of ${label.toLowerCase()}`}
          columns={moveColumns}
          rows={rows}
          rowKey={({ entryId, position, accountId }) => `${entryId}.${position}.${accountId}`}
          rowHref={({ entryId }) => entryHref(entryId)}
          next={next}
          empty={<p className="p-4 text-muted">Nothing of it moved in this time.</p>}
        />
      </Card>
    </Page>
  );
}

const net = {
  label: "Net margin",
  sentence: "Everything that was earned and spent; what was spent stands below zero.",
};

/** What the list is narrowed to, in words: "Of the method card." */
function wordsOf(filters: Filters): string {
  const parts = dimensionNames.flatMap((name) => {
    const value = filters[name];
    if (value === undefined) return [];
    const { label, none } = dimensions[name];
    return [value === "none" ? `${label}: ${none.toLowerCase()}` : `${label}: ${value}`];
  });
  return parts.length ? `${parts.join(", ")}.` : "";
}
