import { Amount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import type { BalanceSheet, IncomeStatement, Line } from "#lib/ledger/statements";

/** What a book has and owes, and what it earned and spent, in one currency. */
export function StatementCards({
  sheet,
  income,
}: {
  sheet: BalanceSheet;
  income?: IncomeStatement | undefined;
}) {
  const { currency } = sheet;
  const sum = (label: string, minor: bigint) => (
    <Fact key={label} label={label}>
      <Amount of={{ minor, currency }} className="font-medium" />
    </Fact>
  );
  return (
    <div className="grid gap-5 md:grid-cols-2">
      <Card title={`Balance sheet in ${currency.toUpperCase()}`}>
        <Facts>
          {linesOf(sheet.assets, currency)}
          {sum("Has", sheet.totalAssets)}
          {linesOf([...sheet.liabilities, ...sheet.equity], currency)}
          {sum("Retained of the years before", sheet.retained)}
          {sum("Result of this year", sheet.ofYear)}
          {sum("Owes, and is worth", sheet.totalOwed)}
        </Facts>
      </Card>
      <Card title={`Income in ${currency.toUpperCase()}`}>
        {income ? (
          <Facts>
            {linesOf(income.income, currency)}
            {linesOf(income.contra, currency, true)}
            {sum("Net of what was given back", income.net)}
            {linesOf(income.expenses, currency, true)}
            {sum("Result", income.result)}
          </Facts>
        ) : (
          <p className="text-muted">Nothing was earned or spent in this time.</p>
        )}
      </Card>
    </div>
  );
}

function linesOf(lines: readonly Line[], currency: string, isLess = false) {
  return lines.map(({ code, minor }) => (
    <Fact key={code} label={code}>
      <Amount of={{ minor: isLess ? -minor : minor, currency }} />
    </Fact>
  ));
}
