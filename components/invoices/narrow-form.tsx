import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonStyle } from "#components/ui/link-button";
import { currencies } from "#lib/money/currency";

type Props = {
  /** The page it narrows, and the same list as CSV. */
  action: string;
  csv: string;
  /** What is chosen now, by name; the status is kept. */
  values: Readonly<Record<string, string | undefined>>;
};

const field = "input input--primary h-9 px-2 text-base sm:text-sm";

/** Filters of the list of invoices. A plain form: the address holds every choice. */
export function NarrowForm({ action, csv, values }: Props) {
  const t = useTranslations("payments.list");
  const isNarrowed = ["number", "currency", "from", "to"].some((name) => values[name]);
  return (
    <search aria-label={t("filters")}>
      <form action={action} className="flex flex-wrap items-end gap-2">
        {values.status && <input type="hidden" name="status" value={values.status} />}
        <Labelled label={t("number")}>
          <input
            name="number"
            defaultValue={values.number}
            maxLength={50}
            className={`${field} w-36`}
          />
        </Labelled>
        <Labelled label={t("from")}>
          <input type="date" name="from" defaultValue={values.from} className={field} />
        </Labelled>
        <Labelled label={t("to")}>
          <input type="date" name="to" defaultValue={values.to} className={field} />
        </Labelled>
        <Labelled label={t("currency")}>
          <select name="currency" defaultValue={values.currency ?? ""} className={field}>
            <option value="">{t("anyCurrency")}</option>
            {Object.keys(currencies).map((currency) => (
              <option key={currency} value={currency}>
                {currency.toUpperCase()}
              </option>
            ))}
          </select>
        </Labelled>
        <button type="submit" className={buttonStyle("secondary", "sm")}>
          {t("filter")}
        </button>
        {isNarrowed && (
          <Link href={action} className={buttonStyle("ghost", "sm")}>
            {t("clear")}
          </Link>
        )}
        <a href={csv} download className={`${buttonStyle("ghost", "sm")} ms-auto`}>
          {t("csv")}
        </a>
      </form>
    </search>
  );
}

function Labelled({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the control is among the children
    <label className="grid gap-1 text-xs text-muted">
      {label}
      {children}
    </label>
  );
}
