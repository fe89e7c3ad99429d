import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import type { BalanceSheet, IncomeStatement, Line } from "#lib/ledger/statements";

type Props = { sheet: BalanceSheet; income: IncomeStatement | undefined; from: Date };

/** What the account has and owes, and what it earned and spent, in one currency. */
export function OwnStatements({ sheet, income, from }: Props) {
  const t = useTranslations("books");
  const { currency } = sheet;
  const named = { currency: currency.toUpperCase() };
  const sum = (label: string, minor: bigint) => (
    <Fact key={label} label={label}>
      <Amount of={{ minor, currency }} className="font-medium" />
    </Fact>
  );
  const lines = (of: readonly Line[], isLess = false) =>
    of.map(({ code, minor }) => (
      <Fact key={code} label={t(`accounts.${code}.name`)}>
        <Amount of={{ minor: isLess ? -minor : minor, currency }} />
      </Fact>
    ));
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <Card title={t("sheet.title", named)}>
        <Facts>
          {lines(sheet.assets)}
          {sum(t("sheet.has"), sheet.totalAssets)}
          {lines([...sheet.liabilities, ...sheet.equity])}
          {sum(t("sheet.retained"), sheet.retained)}
          {sum(t("sheet.ofYear"), sheet.ofYear)}
          {sum(t("sheet.owes"), sheet.totalOwed)}
        </Facts>
      </Card>
      <Card title={t("income.title", named)} note={t("income.since", { from })}>
        {income ? (
          <Facts>
            {lines(income.income)}
            {lines(income.contra, true)}
            {sum(t("income.net"), income.net)}
            {lines(income.expenses, true)}
            {sum(t("income.result"), income.result)}
          </Facts>
        ) : (
          <p className="text-muted">{t("income.none")}</p>
        )}
      </Card>
    </div>
  );
}
