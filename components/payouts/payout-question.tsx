import { useTranslations } from "next-intl";
import { formatAmount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { buttonStyle } from "#components/ui/link-button";
import type { CurrencyBalance } from "#lib/payouts/get-balances";

type Props = {
  currencies: readonly CurrencyBalance[];
  asked: { amount: string; currency: string; method: "standard" | "instant" };
  locale: string;
  problem?: string | undefined;
};

const field = "input input--primary h-9 w-full px-2 text-base text-foreground sm:text-sm";

/** How much, and how fast. It is the address of its own answer, so it works without a script. */
export function PayoutQuestion({ currencies, asked, locale, problem }: Props) {
  const t = useTranslations("payouts.new");
  const chosen = currencies.find(({ currency }) => currency === asked.currency);
  const most = asked.method === "instant" ? chosen?.instant?.arrives : chosen?.available;
  return (
    <Card>
      <form method="get" className="grid gap-4">
        {currencies.length > 1 && (
          <label className="grid gap-1 font-medium">
            {t("currency")}
            <select name="currency" defaultValue={asked.currency} className={field}>
              {currencies.map(({ currency }) => (
                <option key={currency} value={currency}>
                  {currency.toUpperCase()}
                </option>
              ))}
            </select>
          </label>
        )}
        <div className="grid gap-1">
          <label className="font-medium" htmlFor="payout-amount">
            {t("amount", { currency: asked.currency.toUpperCase() })}
          </label>
          <input
            id="payout-amount"
            name="amount"
            inputMode="decimal"
            required
            defaultValue={asked.amount}
            aria-invalid={problem ? true : undefined}
            aria-describedby="payout-amount-help"
            className={`${field} tabular-nums`}
          />
          <p
            id="payout-amount-help"
            className={`text-xs ${problem ? "text-danger" : "text-muted"}`}
          >
            {problem ?? (most && t("most", { amount: formatAmount(most, locale) }))}
          </p>
        </div>
        <fieldset className="grid gap-1">
          <legend className="mb-1 font-medium">{t("method")}</legend>
          {(["standard", "instant"] as const).map((method) => (
            <label key={method} className="flex items-center gap-2">
              <input
                type="radio"
                name="method"
                value={method}
                defaultChecked={method === asked.method}
                disabled={method === "instant" && !chosen?.instant}
              />
              {t(method)}
            </label>
          ))}
        </fieldset>
        <div>
          <button type="submit" className={buttonStyle("secondary", "md")}>
            {t("look")}
          </button>
        </div>
      </form>
    </Card>
  );
}
