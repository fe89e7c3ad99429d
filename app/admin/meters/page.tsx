import { Gauge } from "lucide-react";
import { forPage } from "#components/admin/list-query";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Page, PageHeader } from "#components/ui/page-header";
import { meterColumns } from "#components/usage/meter-columns";
import { NewMeterForm } from "#components/usage/new-meter-form";
import { mayOnPlatform } from "#lib/tenancy/permissions";
import { listAllMeters } from "#lib/usage/list-all-meters";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Meters" };

export default async function MetersPage() {
  const ctx = await requireAdmin();
  const meters = await forPage(listAllMeters(ctx), "/admin/meters");
  const mayChange = mayOnPlatform(ctx.platformRole, "plans:update");
  return (
    <Page>
      <PageHeader
        title="Meters"
        sentence="What usage is counted by. How a meter counts stays what it is; its name may change."
      />
      {mayChange && (
        <Card title="Another meter" note="Stripe has it once a plan with it is published">
          <NewMeterForm />
        </Card>
      )}
      <Card flush>
        <DataTable
          caption="Meters"
          columns={meterColumns(mayChange)}
          rows={meters}
          rowKey={({ key }) => key}
          empty={
            <EmptyState icon={<Gauge />} title="There is no meter yet">
              A meter counts one kind of use: calls, gigabytes, active users. Make one, then price
              it in a plan.
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}
