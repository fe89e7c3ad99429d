import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { RefundView } from "#lib/selling/refund";

/** What was given back of a payment, and how it went. */
export function RefundList({ refunds }: { refunds: readonly RefundView[] }) {
  const t = useTranslations("selling.sale");
  if (refunds.length === 0) {
    return (
      <Card title={t("refunds")}>
        <p className="text-muted">{t("noRefunds")}</p>
      </Card>
    );
  }
  return (
    <Card title={t("refunds")}>
      <ul className="grid gap-3">
        {refunds.map(({ id, amount, status, returnsFee, requestedAt, note, error }) => (
          <li key={id} className="grid gap-0.5">
            <span className="flex flex-wrap items-center gap-2">
              <Amount of={amount} /> <Status of={status} /> <Moment at={requestedAt} />
            </span>
            <span className="text-muted">
              {returnsFee ? t("withFee") : t("withoutFee")}
              {note && ` · ${note}`}
            </span>
            {error && <span className="text-danger">{error}</span>}
          </li>
        ))}
      </ul>
    </Card>
  );
}
