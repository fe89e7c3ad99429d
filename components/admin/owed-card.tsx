import { Amounts } from "#components/admin/amounts";
import { Count } from "#components/admin/count";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import type { AdminOverview, Owed } from "#lib/overview/get-admin-overview";

/** What tenants have been billed and not yet paid. */
export function OwedCard({ invoices }: { invoices: AdminOverview["invoices"] }) {
  return (
    <Card
      title="Invoices to be paid"
      action={<TextLink href="/admin/tenants?status=past_due">Tenants past due</TextLink>}
    >
      <dl className="grid grid-cols-2 gap-4">
        <OwedPart label="Open" of={invoices.open} />
        <OwedPart label="Of these past due" of={invoices.pastDue} />
      </dl>
    </Card>
  );
}

function OwedPart({ label, of: { count, amounts } }: { label: string; of: Owed }) {
  return (
    <div>
      <dt className="text-muted">{label}</dt>
      <dd className="mt-1">
        <span className="block text-lg leading-6 font-semibold tracking-tight">
          <Amounts of={amounts} none="None" />
        </span>
        <span className="text-xs text-muted">
          {count > 0 && <Count of={count} one="invoice" />}
        </span>
      </dd>
    </div>
  );
}
