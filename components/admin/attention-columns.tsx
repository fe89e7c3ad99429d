import Link from "next/link";
import { Stakes } from "#components/admin/stakes";
import type { Column } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status, type Tone } from "#components/ui/status";
import { isCurrency } from "#lib/money/currency";
import { toDecimal } from "#lib/money/format-money";
import { type AttentionItem, type AttentionKind, attentionKinds } from "#lib/overview/attention";

const tones: Record<AttentionKind, Tone> = {
  appeal: "waiting",
  dispute_due: "waiting",
  payout_failed: "bad",
  requirements_overdue: "bad",
  restricted: "bad",
  disconnected: "bad",
  negative_balance: "bad",
  requirements_due: "waiting",
  unpaid: "bad",
  hold: "quiet",
};

/** What the queue says of each thing that wants a person. */
export const attentionColumns: Column<AttentionItem>[] = [
  {
    header: "What",
    cell: (item) => <What {...item} />,
  },
  {
    header: "Tenant",
    cell: ({ tenant: { id, name } }) => <Link href={`/admin/tenants/${id}`}>{name}</Link>,
  },
  { header: "At stake", cell: ({ amounts }) => <Stakes of={amounts} />, align: "end" },
  {
    header: "By",
    cell: ({ by }) => (by ? <Moment at={by} /> : <span className="text-muted">–</span>),
    align: "end",
  },
  { header: "Since", cell: ({ since }) => <Moment at={since} />, align: "end", hideOnPhone: true },
];

function What({ kind, detail, tenant, amounts, bearer }: AttentionItem) {
  const [short] = amounts;
  const { title, mend } = attentionKinds[kind];
  return (
    <span className="grid max-w-96 min-w-0 justify-items-start gap-0.5 text-start">
      <Status of={kind} tone={tones[kind]}>
        {title}
      </Status>
      <span className="text-xs wrap-anywhere text-muted">
        {detail && `${shortened(detail)} · `}
        {mend}
      </span>
      {bearer === "application" && short && (
        <TextLink href={evenedBy(tenant.id, short)}>Even it by a transfer</TextLink>
      )}
    </span>
  );
}

/** The question of moving money, with what it would take filled in. */
function evenedBy(tenantId: string, { minor, currency }: AttentionItem["amounts"][number]): string {
  const amount = isCurrency(currency) ? toDecimal({ minor, currency }) : "";
  const description = "To even the balance";
  const asked = { kind: "transfer", tenant: tenantId, amount, currency, description };
  return `/admin/transfers/new?${new URLSearchParams(asked)}`;
}

const most = 120;

function shortened(text: string): string {
  const plain = text.replaceAll("_", " ");
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
}
