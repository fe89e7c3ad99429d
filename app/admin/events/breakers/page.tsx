import { ShieldCheck } from "lucide-react";
import { breakerColumns } from "#components/admin/breaker-columns";
import { EventsPage } from "#components/admin/events-page";
import { Live } from "#components/admin/live";
import { Card } from "#components/ui/card";
import { DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { listBreakers } from "#lib/overview/list-breakers";
import { requireAdmin } from "#lib/web/session";

export const metadata = { title: "Breakers" };

export default async function BreakersPage() {
  const ctx = await requireAdmin();
  const rows = await listBreakers(ctx);
  const open = rows.filter(({ status, isStale }) => status === "open" && !isStale).length;
  return (
    <EventsPage
      at="breakers"
      title="Breakers"
      sentence={sentenceOf(open)}
      count={open}
      actions={<Live />}
    >
      <Card title="Requests that failed" note="by account and route, in the last day" flush>
        <DataTable
          caption="Requests that failed"
          columns={breakerColumns}
          rows={rows}
          rowKey={({ process, account, route }) => `${process} ${account} ${route}`}
          empty={
            <EmptyState icon={<ShieldCheck />} title="Every breaker is closed">
              A kind of request that fails five times in a row at one account is held back, as long
              as Stripe asks for. Webhooks are stored meanwhile, and nothing else waits for it.
            </EmptyState>
          }
        />
      </Card>
    </EventsPage>
  );
}

function sentenceOf(open: number): string {
  if (open === 0) return "Nothing is held back: what fails again and again would be.";
  const requests = open === 1 ? "One kind of request is" : `${open} kinds of requests are`;
  return `${requests} held back until Stripe answers again. Webhooks are stored meanwhile.`;
}
