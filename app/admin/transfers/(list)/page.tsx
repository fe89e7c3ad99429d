import type { Metadata } from "next";
import { z } from "zod";
import { FilterBar } from "#components/admin/filter-bar";
import { forPage, readQuery } from "#components/admin/list-query";
import { NoAccess } from "#components/admin/no-access";
import { MovedTable } from "#components/payouts/moved-table";
import { MovesTable, TopupsTable } from "#components/payouts/moves-tables";
import { Card } from "#components/ui/card";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";
import { Tabs } from "#components/ui/tabs";
import { listMoves, listTopups } from "#lib/payouts/list-topups";
import { listFees, listTransfers, movedQuery } from "#lib/payouts/list-transfers";
import type { PlatformContext } from "#lib/tenancy/context";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Transfers and fees" };

const views = {
  transfers: "Transfers",
  fees: "Application fees",
  topups: "Top-ups",
  moves: "Decided here",
} as const;
type View = keyof typeof views;
const query = movedQuery.extend({
  view: z.enum(Object.keys(views) as [View, ...View[]]).default("transfers"),
});
const place = "/admin/transfers";

export default async function TransfersPage(props: PageProps<"/admin/transfers">) {
  const ctx = await requireAdmin();
  if (!mayOnPlatform(ctx.platformRole, "payouts:read")) {
    return <NoAccess title="Transfers and fees" permission="payouts:read" />;
  }
  const asked = readQuery(query, await props.searchParams);
  const { view } = asked;
  return (
    <Page>
      <PageHeader
        title="Transfers and fees"
        sentence="Money between our balance and companies', with both ends and their payouts."
        actions={
          mayOnPlatform(ctx.platformRole, "money:update") && (
            <LinkButton size="sm" href={`${place}/new`}>
              Move money
            </LinkButton>
          )
        }
      />
      <Tabs
        label="Kinds of money moved"
        tabs={Object.entries(views).map(([name, label]) => ({
          ...{ label, isCurrent: name === view },
          href: name === "transfers" ? place : `${place}?view=${name}`,
        }))}
      />
      <Card flush>
        {(view === "transfers" || view === "fees") && <Filters />}
        <View ctx={ctx} asked={asked} />
      </Card>
    </Page>
  );
}

async function View({ ctx, asked }: { ctx: PlatformContext; asked: z.output<typeof query> }) {
  const { view, ...filter } = asked;
  if (view === "topups") {
    const mayCancel = mayOnPlatform(ctx.platformRole, "money:update");
    return <TopupsTable page={await forPage(listTopups(ctx, filter), place)} {...{ mayCancel }} />;
  }
  if (view === "moves") return <MovesTable page={await forPage(listMoves(ctx, filter), place)} />;
  const read = view === "transfers" ? listTransfers(ctx, filter) : listFees(ctx, filter);
  return <MovedTable page={await forPage(read, place)} of={view} />;
}

function Filters() {
  return (
    <FilterBar
      texts={[{ name: "tenant", label: "Company's name, slug or id" }]}
      choices={[
        {
          ...{ name: "state", label: "What went back", any: "Back or not" },
          options: [
            { value: "whole", label: "Nothing" },
            { value: "partly", label: "A part" },
            { value: "back", label: "All of it" },
          ],
        },
      ]}
    />
  );
}
