import { ChartPie } from "lucide-react";
import { readQuery } from "#components/admin/list-query";
import { Live } from "#components/admin/live";
import { NoAccess } from "#components/admin/no-access";
import { exportHref, marginHref } from "#components/margin/addresses";
import { FigureDefinitions } from "#components/margin/figure-definitions";
import { MarginBars } from "#components/margin/margin-bars";
import { MarginFilters, NarrowedTo } from "#components/margin/margin-filters";
import { MarginStats } from "#components/margin/margin-stats";
import { MarginTable } from "#components/margin/margin-table";
import { Card } from "#components/ui/card";
import { EmptyState } from "#components/ui/empty-state";
import { buttonStyle } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Page, PageHeader } from "#components/ui/page-header";
import { Tabs } from "#components/ui/tabs";
import { figures } from "#lib/margin/figures";
import { getMargin, type Margin } from "#lib/margin/get-margin";
import { dimensionNames, dimensions, marginQuery } from "#lib/margin/input";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Margin" };

export default async function MarginPage(props: PageProps<"/admin/margin">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "ledger:read")) {
    return <NoAccess title="Margin" permission="ledger:read" />;
  }
  const query = readQuery(marginQuery, await props.searchParams);
  const margin = await getMargin(ctx, query);
  const word = query.sort === "net" ? "Net margin" : figures[query.sort].label;
  const by = dimensions[query.by].label.toLowerCase();
  return (
    <Page>
      <PageHeader
        title="Margin"
        sentence={<Days of={margin} />}
        actions={
          <>
            <a href={exportHref(query)} className={buttonStyle("secondary", "sm")}>
              CSV
            </a>
            <Live />
          </>
        }
      />
      <Card flush>
        <MarginFilters currencies={margin.currencies} />
      </Card>
      <NarrowedTo query={query} />
      <MarginStats query={query} of={margin} />
      <Tabs
        label="Told apart by"
        tabs={dimensionNames.map((name) => ({
          label: dimensions[name].plural,
          href: marginHref({ ...query, by: name }),
          isCurrent: name === query.by,
        }))}
      />
      {margin.rows.length === 0 ? (
        <NothingYet />
      ) : (
        <>
          <Card title={`${word} by ${by}`} note="each opens its own figures">
            <MarginBars query={query} of={margin} />
          </Card>
          <Card flush title={`By ${by}`} note="each figure opens its journal entries">
            <MarginTable query={query} of={margin} />
          </Card>
        </>
      )}
      <FigureDefinitions currency={margin.currency} />
    </Page>
  );
}

function Days({ of: { asOf, span, currency } }: { of: Margin }) {
  const last = new Date(span.before.getTime() - 1);
  return (
    <>
      From the ledger, in {currency.toUpperCase()}: <Moment at={span.from} as="date" /> to{" "}
      <Moment at={last} as="date" /> (UTC), as of <Moment at={asOf} as="exact" />.
    </>
  );
}

function NothingYet() {
  return (
    <Card>
      <EmptyState icon={<ChartPie />} title="Nothing was earned or spent in this time">
        Fees, plans, processing and disputes appear here with the journal entry that records them,
        seconds after Stripe tells of them. Another period may hold some.
      </EmptyState>
    </Card>
  );
}
