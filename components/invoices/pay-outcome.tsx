import { useTranslations } from "next-intl";
import type { DeclineKind } from "#lib/billing/invoice-decline";

/** Why a payment was refused, and what its payer can do. */
export function DeclineWords({ of }: { of: DeclineKind }) {
  const t = useTranslations("payments.declines");
  return (
    <>
      <strong className="font-semibold">{t(`${of}.what`)}</strong> {t(`${of}.todo`)}
    </>
  );
}
