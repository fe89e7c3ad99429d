import { useTranslations } from "next-intl";
import { Status } from "#components/ui/status";
import type { InvoiceStatus as Word } from "#lib/billing/invoice";

export function InvoiceStatus({ of }: { of: Word }) {
  const t = useTranslations("tenant.invoice");
  return <Status of={of}>{t(of)}</Status>;
}
