import { ShieldAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { FraudWarning } from "#lib/disputes/list-fraud-warnings";

type Props = { slug: string; rows: readonly FraudWarning[]; next: string | null };

/** Payments a card's bank believes its holder did not make, and the way out of each. */
export function WarningTable({ slug, rows, next }: Props) {
  const t = useTranslations("disputes");
  const columns: Column<FraudWarning>[] = [
    {
      header: t("columns.amount"),
      cell: ({ amount }) => (amount ? <Amount of={amount} /> : "—"),
    },
    {
      header: t("columns.status"),
      cell: ({ isActionable }) => (
        <Status of="warning" tone={isActionable ? "bad" : "quiet"}>
          {t(isActionable ? "warning.open" : "warning.done")}
        </Status>
      ),
    },
    { header: t("columns.kind"), cell: ({ fraudType }) => <FraudKind of={fraudType} /> },
    { header: t("columns.customer"), cell: ({ customerEmail }) => customerEmail ?? "—" },
    { header: t("columns.warned"), cell: ({ warnedAt }) => <Moment at={warnedAt} /> },
    {
      ...{ header: t("warning.act"), hideHeader: true, align: "end" },
      cell: ({ isActionable, paymentIntentId, chargeId }) =>
        isActionable && (paymentIntentId ?? chargeId) ? (
          <TextLink href={`/${slug}/disputes?view=warnings&payment=${paymentIntentId ?? chargeId}`}>
            {t("warning.act")}
          </TextLink>
        ) : (
          chargeId && <CopyableId id={chargeId} />
        ),
    },
  ];
  return (
    <DataTable
      caption={t("views.warnings")}
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      next={next}
      empty={
        <EmptyState icon={<ShieldAlert />} title={t("empty.warnings")}>
          {t("empty.warningsBody")}
        </EmptyState>
      }
    />
  );
}

function FraudKind({ of }: { of: string | null }) {
  const t = useTranslations("disputes.fraud");
  const known = of as "misc";
  return of && t.has(known) ? t(known) : t("misc");
}
