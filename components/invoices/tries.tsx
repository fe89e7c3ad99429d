import { useTranslations } from "next-intl";
import { MethodName } from "#components/invoices/method-name";
import { DeclineWords } from "#components/invoices/pay-outcome";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { Status } from "#components/ui/status";
import type { InvoicePage } from "#lib/billing/invoice-page";
import type { InvoiceTry } from "#lib/billing/invoice-payments";

/** Every try to take the money, why those failed that did, and what Stripe tries next. */
export function Tries({ invoice }: { invoice: InvoicePage }) {
  const t = useTranslations("payments.tries");
  const { tries, status, nextAttemptAt, underWay } = invoice;
  return (
    <Card title={t("title")} flush>
      {tries.length === 0 && <p className="px-4 pb-4 text-muted">{t("none")}</p>}
      <ul>
        {tries.map((one) => (
          <Try key={one.id} of={one} />
        ))}
      </ul>
      {underWay && status === "open" && (
        <p className="border-t border-separator px-4 py-3">{t(underWay)}</p>
      )}
      {status === "open" && nextAttemptAt && (
        <p className="border-t border-separator px-4 py-3 text-xs text-muted">
          {t("next", { at: nextAttemptAt })}
        </p>
      )}
    </Card>
  );
}

function Try({ of: one }: { of: InvoiceTry }) {
  const t = useTranslations("payments.tries");
  return (
    <li className="grid gap-1 border-t border-separator px-4 py-3 first:border-t-0">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <Status of={one.status}>{t(`status.${one.status}`)}</Status>
        <span>{one.method ? <MethodName of={one.method} /> : t("payment")}</span>
        <span className="text-muted">
          <Moment at={one.at} />
        </span>
        <span className="ms-auto">
          <Amount of={one.amount} />
        </span>
      </div>
      {one.decline && (
        <p className="text-muted">
          <DeclineWords of={one.decline} />
        </p>
      )}
      {one.isDisputed && <p className="text-danger">{t("disputed")}</p>}
      {one.refunded.minor > 0n && (
        <p className="text-muted">
          {t("refunded")} <Amount of={one.refunded} />
        </p>
      )}
      {one.receiptUrl && one.status === "succeeded" && (
        <p className="text-xs">
          <TextLink href={one.receiptUrl}>{t("receipt")}</TextLink>
        </p>
      )}
    </li>
  );
}
