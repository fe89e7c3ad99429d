import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { Moment } from "#components/ui/moment";
import type { Page } from "#lib/keyset";
import type { Part } from "#lib/payouts/list-parts";

type Props = {
  page: Page<Part>;
  /** Where a payment is shown; nothing where nobody shows it. */
  paymentHref?: ((chargeId: string) => string) | undefined;
};

/** Each thing a payout took along, with what was taken off it. */
export function PartsTable({ page, paymentHref }: Props) {
  const t = useTranslations("payouts.one");
  const columns: Column<Part>[] = [
    { header: t("part"), cell: (part) => <What of={part} /> },
    { header: t("source"), cell: (part) => <Source of={part} paymentHref={paymentHref} /> },
    { header: t("when"), cell: ({ createdAt }) => <Moment at={createdAt} />, hideOnPhone: true },
    { header: t("gross"), cell: ({ amount }) => <Amount of={amount} />, align: "end" },
    { header: t("takenOff"), cell: (part) => <Taken of={part} />, align: "end" },
    { header: t("net"), cell: ({ net }) => <Amount of={net} />, align: "end" },
  ];
  return (
    <DataTable
      caption={t("parts")}
      columns={columns}
      rows={page.rows}
      rowKey={({ id }) => id}
      next={page.next}
      empty={<EmptyState title={t("noParts")} />}
    />
  );
}

/** A category nobody here knows is said in Stripe's own word. */
function What({ of }: { of: Part }) {
  const t = useTranslations("payouts.one.kinds");
  const word = of.kind === "other" ? of.category.replaceAll("_", " ") : t(of.kind);
  return (
    <span>
      {word}
      {of.description && (
        <span className="block max-w-64 truncate text-xs text-muted">{of.description}</span>
      )}
    </span>
  );
}

function Source({ of, paymentHref }: { of: Part } & Pick<Props, "paymentHref">) {
  const { sourceId, chargeId } = of;
  if (!sourceId) return "–";
  const href = chargeId && paymentHref?.(chargeId);
  return <CopyableId id={sourceId} {...(href && { href })} />;
}

function Taken({ of: { fees, amount } }: { of: Part }) {
  const minor = -(fees.stripe.minor + fees.platform.minor + fees.other.minor);
  return minor === 0n ? "–" : <Amount of={{ minor, currency: amount.currency }} />;
}
