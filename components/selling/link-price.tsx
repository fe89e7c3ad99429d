import { useLocale, useTranslations } from "next-intl";
import { Amount, formatAmount } from "#components/ui/amount";
import { Status } from "#components/ui/status";
import type { LinkStatus, LinkView } from "#lib/selling/link";

/** What one payment at a link costs, or between what its payer chooses. */
export function LinkPrice({ price }: Pick<LinkView, "price">) {
  const t = useTranslations("selling.links");
  const locale = useLocale();
  if ("fixed" in price) return <Amount of={price.fixed} />;
  const [least, most] = [formatAmount(price.least, locale), formatAmount(price.most, locale)];
  return <span className="whitespace-nowrap tabular-nums">{t("from", { least, most })}</span>;
}

/** Whether a link can be paid at. */
export function LinkStatusMark({ status }: { status: LinkStatus }) {
  const t = useTranslations("selling.links.statuses");
  const tones = { active: "good", paused: "waiting", archived: "quiet" } as const;
  return (
    <Status of={status} tone={tones[status]}>
      {t(status)}
    </Status>
  );
}
