import { useLocale, useTranslations } from "next-intl";
import { Amount, formatAmount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { BalanceMove } from "#lib/payments/balance";
import type { BalancePage } from "#lib/payments/list-balance";

type Props = { balance: BalancePage; slug: string };

/** What the workspace has with us, a currency each, and what moved it. */
export function BalanceCard({ balance: { balances, rows, next }, slug }: Props) {
  const t = useTranslations("payments.balance");
  const locale = useLocale();
  return (
    <Card title={t("title")} note={t("sentence")} flush>
      <div className="grid gap-1 px-4 pb-3 font-semibold">
        {balances.map((of) => {
          const isTheirs = of.minor > 0n;
          const whole = { ...of, minor: isTheirs ? of.minor : -of.minor };
          const amount = formatAmount(whole, locale);
          return <p key={of.currency}>{t(isTheirs ? "credit" : "owed", { amount })}</p>;
        })}
        {balances.length === 0 && (
          <p className="font-normal text-muted">{t(rows.length ? "nothing" : "none")}</p>
        )}
      </div>
      <DataTable
        caption={t("caption")}
        columns={useColumns(slug)}
        rows={rows}
        rowKey={({ id }) => id}
        next={next}
        empty={null}
      />
    </Card>
  );
}

function useColumns(slug: string): Column<BalanceMove>[] {
  const t = useTranslations("payments.balance");
  return [
    {
      header: t("what"),
      cell: ({ type, description }) => {
        const key = `types.${type}` as "types.adjustment";
        return description ?? (t.has(key) ? t(key) : type.replaceAll("_", " "));
      },
    },
    { header: t("at"), cell: ({ at }) => <Moment at={at} as="date" /> },
    {
      header: t("invoice"),
      cell: ({ invoiceId }) =>
        invoiceId ? (
          <TextLink href={`/${slug}/invoices/${invoiceId}`}>{t("invoice")}</TextLink>
        ) : (
          t("none2")
        ),
      hideOnPhone: true,
    },
    { header: t("amount"), cell: ({ amount }) => <Amount of={amount} />, align: "end" },
    { header: t("after"), cell: ({ after }) => <Amount of={after} />, align: "end" },
  ];
}
