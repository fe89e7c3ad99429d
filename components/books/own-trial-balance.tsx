import { useTranslations } from "next-intl";
import { ownAccountHref } from "#components/books/addresses";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import type { AccountCode } from "#lib/ledger/chart";
import type { TrialBalance } from "#lib/ledger/statements";

type Line = { code: AccountCode; debit: bigint; credit: bigint };

/** Every account that is not zero, in the words of who owns the book; each leads to its moves. */
export function OwnTrialBalance({ slug, of }: { slug: string; of: TrialBalance }) {
  const t = useTranslations("books");
  const { currency, lines, debit, credit } = of;
  const side = (minor: bigint) => (minor === 0n ? "" : <Amount of={{ minor, currency }} />);
  const columns: Column<Line>[] = [
    { header: t("trial.account"), cell: ({ code }) => t(`accounts.${code}.name`) },
    {
      header: t("trial.says"),
      cell: ({ code }) => <span className="text-muted">{t(`accounts.${code}.says`)}</span>,
      hideOnPhone: true,
    },
    { header: t("trial.debit"), cell: (line) => side(line.debit), align: "end" },
    { header: t("trial.credit"), cell: (line) => side(line.credit), align: "end" },
  ];
  const title = t("trial.title", { currency: currency.toUpperCase() });
  return (
    <Card flush title={title} note={debit === credit ? t("trial.even") : t("trial.uneven")}>
      <DataTable
        caption={title}
        columns={columns}
        rows={lines}
        rowKey={({ code }) => code}
        rowHref={({ code }) => ownAccountHref(slug, { code }, currency)}
        empty={<p className="p-4 text-muted">{t("trial.zero")}</p>}
      />
      <p className="flex justify-between gap-x-4 border-t border-separator px-4 py-3 font-medium">
        <span>{t("trial.each")}</span> <Amount of={{ minor: debit, currency }} />
      </p>
    </Card>
  );
}
