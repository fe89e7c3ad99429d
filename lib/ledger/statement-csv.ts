import { chart } from "#lib/ledger/chart";
import type { TrialBalance } from "#lib/ledger/statements";
import { toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";

/** A trial balance as lines for spreadsheets: amounts as plain decimals, a line an account. */
export async function* trialBalanceCsv(balances: readonly TrialBalance[]): AsyncIterable<string> {
  yield "account,kind,currency,debit,credit\r\n";
  for (const { currency, lines } of balances) {
    yield lines
      .map(({ code, debit, credit }) => {
        const [left, right] = [debit, credit].map((minor) => toDecimal(money(minor, currency)));
        return `${code},${chart[code].kind},${currency.toUpperCase()},${left},${right}\r\n`;
      })
      .join("");
  }
}
