import { Armchair } from "lucide-react";
import type { Metadata } from "next";
import { forPage, readQuery } from "#components/admin/list-query";
import {
  gracePolicyColumns,
  seatDriftColumns,
  seatPolicyColumns,
} from "#components/admin/seat-tables";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Page, PageHeader } from "#components/ui/page-header";
import { Stat, Stats } from "#components/ui/stat";
import { listGracePolicies } from "#lib/entitlements/grace-policies";
import { listSeatDrifts, type SeatHealth, seatDriftQuery } from "#lib/seats/list-seat-drifts";
import { listSeatPolicies } from "#lib/seats/seat-policies";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata: Metadata = { title: "Seats and grace" };

export default async function SeatsPage(props: PageProps<"/admin/seats">) {
  const ctx = await requireAdmin();
  const query = readQuery(seatDriftQuery, await props.searchParams);
  const [{ rows, next, health }, policies, graces] = await Promise.all([
    forPage(listSeatDrifts(ctx, query), "/admin/seats"),
    listSeatPolicies(ctx),
    listGracePolicies(ctx),
  ]);
  const mayDecide = mayOnPlatform(ctx.platformRole, "seats:decide");
  return (
    <Page>
      <PageHeader
        title="Seats and grace"
        sentence="How seats are sold, what happens when a payment fails, and where Stripe bills other quantities."
      />
      <Health of={health} />
      <Card title="Quantities that differed" note="compared every half hour" flush>
        <DataTable
          caption="Quantities that differed"
          columns={seatDriftColumns(mayDecide)}
          rows={rows}
          rowKey={({ id }) => id}
          next={next}
          empty={<NoDrift />}
        />
      </Card>
      <Card title="How seats are sold" flush>
        <DataTable
          caption="How seats are sold"
          columns={seatPolicyColumns(mayDecide)}
          rows={policies}
          rowKey={({ id }) => id}
          empty={null}
        />
      </Card>
      <Card title="When a payment fails" flush>
        <DataTable
          caption="When a payment fails"
          columns={gracePolicyColumns(mayDecide)}
          rows={graces}
          rowKey={({ id }) => id}
          empty={null}
        />
      </Card>
    </Page>
  );
}

function Health({ of: { pools, pending, failing, over, proposed } }: { of: SeatHealth }) {
  return (
    <Stats>
      <Stat label="Tenants with seats" value={pools} />
      <Stat
        label="Stripe not told yet"
        value={pending}
        note={failing > 0 ? `the last try failed for ${failing}` : "told within half a minute"}
      />
      <Stat label="More taken than bought" value={over} note="the newest lose theirs in time" />
      <Stat label="Waiting for a person" value={proposed} />
    </Stats>
  );
}

function NoDrift() {
  return (
    <EmptyState icon={<Armchair />} title="Stripe bills what was decided">
      Where somebody changes a quantity at Stripe, it is listed here with what became of it.
    </EmptyState>
  );
}
