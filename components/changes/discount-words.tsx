import { useTranslations } from "next-intl";
import type { DiscountLeft } from "#lib/billing/discount";

type Props = { discounts: readonly DiscountLeft[] };

/** Discounts in words: what each takes off, until when, and on how many invoices still. */
export function DiscountWords({ discounts }: Props) {
  const t = useTranslations("changes.off");
  return (
    <ul className="grid gap-2">
      {discounts.map(({ words, duration, endsAt, monthsLeft, invoicesLeft }) => (
        <li key={`${words}:${endsAt?.getTime()}`}>
          <span className="font-medium wrap-anywhere">{words}</span>
          <span className="block text-xs text-muted">
            {endsAt === null
              ? t(duration === "once" ? "once" : "forever")
              : t("months", { months: monthsLeft ?? 0, invoices: invoicesLeft ?? 0, at: endsAt })}
          </span>
        </li>
      ))}
    </ul>
  );
}
