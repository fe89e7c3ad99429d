import { CircleCheck } from "lucide-react";
import { capabilityColumns } from "#components/admin/capability-columns";
import { FilterBar } from "#components/admin/filter-bar";
import { readQuery } from "#components/admin/list-query";
import { PayoutRulesDialog } from "#components/admin/payout-rules-dialog";
import { simulationColumns } from "#components/admin/simulation-columns";
import { Stakes } from "#components/admin/stakes";
import { Card, Fact, Facts } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Page, PageHeader } from "#components/ui/page-header";
import { Stat, Stats } from "#components/ui/stat";
import { capabilityNames } from "#lib/connect/capability-table";
import type { Policy } from "#lib/connect/hold-rules";
import { getPolicy } from "#lib/connect/policy";
import { simulateRequirements, simulationQuery } from "#lib/overview/simulate-requirements";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Payouts and requirements" };

export default async function ConnectPage(props: PageProps<"/admin/connect">) {
  const ctx = await requireAdmin();
  const query = readQuery(simulationQuery, await props.searchParams);
  const [policy, { rows, total, requirements, isCut }] = await Promise.all([
    getPolicy(ctx),
    simulateRequirements(ctx, query),
  ]);
  return (
    <Page>
      <PageHeader
        title="Payouts and requirements"
        sentence="What must be so before money goes to a bank, and what would stop for whom if what Stripe asks were not given."
      />
      <Rules policy={policy} mayChange={mayOnPlatform(ctx.platformRole, "connect:policy")} />
      <Stats>
        <Stat label="Tenants it would hit" value={rows.length} />
        <Stat label="What they took in 30 days" value={<Stakes of={total} />} />
      </Stats>
      <Card title="What would stop" note="nothing changes by looking" flush>
        <FilterBar
          instants={[{ name: "by", label: "Not given by (UTC)" }]}
          choices={[
            {
              ...{ name: "requirement", label: "Requirement", any: "Whatever is asked" },
              options: requirements.map(({ description, name, tenants }) => {
                return { value: description, label: `${name} (${tenants})` };
              }),
            },
          ]}
        />
        <DataTable
          caption="What would stop"
          columns={simulationColumns}
          rows={rows}
          rowKey={({ tenant }) => tenant.id}
          empty={
            <EmptyState icon={<CircleCheck />} title="Nothing would stop">
              Nobody is asked for anything of this kind by then.
            </EmptyState>
          }
        />
        {isCut && (
          <p className="p-3 text-xs text-muted">
            Of the 5,000 accounts with the nearest deadlines.
          </p>
        )}
      </Card>
      <Capabilities />
    </Page>
  );
}

function Rules({ policy, mayChange }: { policy: Policy; mayChange: boolean }) {
  const { identityFirst, payoutPayments, payoutDays, confirmMonths, confirmGraceDays } = policy;
  const milestones = [
    payoutPayments > 0 && `${payoutPayments} payments`,
    payoutDays > 0 && `${payoutDays} days`,
  ].filter(Boolean);
  return (
    <Card title="Rules of payouts" action={mayChange && <PayoutRulesDialog policy={policy} />}>
      <Facts>
        <Fact label="Identity checked before the first payout">{identityFirst ? "on" : "off"}</Fact>
        <Fact label="Before the first payout">{milestones.join(" and ") || "off"}</Fact>
        <Fact label="Details confirmed">
          {confirmMonths > 0
            ? `every ${confirmMonths} months, within ${confirmGraceDays} days`
            : "off"}
        </Fact>
      </Facts>
    </Card>
  );
}

function Capabilities() {
  return (
    <Card title="What accounts may do, and where" flush>
      <DataTable
        caption="Capabilities by country and kind of business"
        columns={capabilityColumns}
        rows={capabilityNames}
        rowKey={(name) => name}
        empty={null}
      />
      <p className="border-t border-separator px-4 py-3 text-xs text-muted">
        This is what Stripe’s pages were seen to say. Of what is not listed Stripe decides for each
        account; its answer stands on the tenant’s page.
      </p>
    </Card>
  );
}
