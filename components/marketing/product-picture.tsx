import { FileText, LayoutGrid, ScrollText, Settings, Users, WalletCards } from "lucide-react";
import { Initials } from "#components/shell/initials";
import { Lockstep } from "#components/shell/lockstep";
import { Amount } from "#components/ui/amount";
import { Banner } from "#components/ui/banner";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { Wordmark } from "#components/ui/logo";
import { Meter } from "#components/ui/meter";
import { Stat, Stats } from "#components/ui/stat";
import { Status } from "#components/ui/status";

/**
 * The product, drawn with the product: the parts are the real ones, so it cannot look better than
 * what people get. A picture all the same: nothing in it takes the focus.
 */
export function ProductPicture({ label }: { label: string }) {
  return (
    <div
      role="img"
      aria-label={label}
      className="overflow-hidden rounded-lg border border-border bg-background"
    >
      <div inert className="grid select-none lg:grid-cols-[12rem_minmax(0,1fr)]">
        <Side />
        <div className="min-w-0">
          <div className="flex h-11 items-center justify-between border-b border-border px-4">
            <span className="text-muted">Northbeam Studio</span>
            <Lockstep state="inLockstep" lagMs={400} />
          </div>
          <div className="grid grid-cols-1 gap-4 p-4 text-start">
            <Banner title="Your plan is active.">
              Stripe confirmed the payment; this page followed 0.4 seconds later.
            </Banner>
            <Stats>
              <Stat label="Plan" value="Pro" note="monthly, renews 20 December" />
              <Stat
                label="Next invoice"
                value={<Amount of={{ minor: 8500n, currency: "usd" }} />}
                note="on 20 December"
              />
              <Card>
                <Meter label="Seats" value={3} max={3} text="3 of 3" />
                <div className="mt-3">
                  <Meter label="Invitations open" value={1} max={5} text="1" />
                </div>
              </Card>
            </Stats>
            <Card title="Invoices" note="as Stripe has them" level={3} flush>
              <DataTable
                caption="Invoices"
                columns={columns}
                rows={invoices}
                rowKey={({ number }) => number}
                empty={null}
              />
            </Card>
          </div>
        </div>
      </div>
    </div>
  );
}

function Side() {
  return (
    <div className="hidden flex-col gap-4 border-e border-border p-3 lg:flex">
      <span className="px-2">
        <Wordmark />
      </span>
      <span className="flex items-center gap-2.5 rounded-lg border border-border bg-surface px-2 py-1.5">
        <Initials of="Northbeam Studio" />
        <span className="min-w-0 leading-4">
          <span className="block truncate font-medium">Northbeam Studio</span>
          <span className="block text-2xs text-muted">Pro · 3 seats</span>
        </span>
      </span>
      <span className="grid gap-0.5">
        {pages.map(({ label, Icon }, index) => (
          <span
            key={label}
            className={`flex h-8 items-center gap-2.5 rounded-sm px-2 ${index === 0 ? "bg-default font-medium" : "text-muted"}`}
          >
            <Icon aria-hidden className="size-3.5" />
            {label}
          </span>
        ))}
      </span>
    </div>
  );
}

const pages = [
  { label: "Overview", Icon: LayoutGrid },
  { label: "Billing", Icon: WalletCards },
  { label: "Invoices", Icon: FileText },
  { label: "Team", Icon: Users },
  { label: "Audit", Icon: ScrollText },
  { label: "Settings", Icon: Settings },
] as const;

type Invoice = { number: string; status: string; date: string; minor: bigint };

const invoices: readonly Invoice[] = [
  { number: "NB-0004", status: "paid", date: "20 November", minor: 8500n },
  { number: "NB-0003", status: "paid", date: "2 November", minor: 742n },
  { number: "NB-0002", status: "paid", date: "20 October", minor: 7300n },
];

const columns: readonly Column<Invoice>[] = [
  { header: "Number", cell: ({ number }) => <span className="font-mono text-xs">{number}</span> },
  { header: "Status", cell: ({ status }) => <Status of={status} /> },
  { header: "Date", cell: ({ date }) => date, hideOnPhone: true },
  {
    header: "Total",
    cell: ({ minor }) => <Amount of={{ minor, currency: "usd" }} />,
    align: "end",
  },
];
