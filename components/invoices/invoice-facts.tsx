import { useTranslations } from "next-intl";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { InvoicePage } from "#lib/billing/invoice-page";

type Props = {
  invoice: InvoicePage;
  /** The name of the workspace, where the invoice names nobody. */
  workspace: string;
  subscriptionHref: string;
  /** Where what stands on invoices is changed, for those who may. */
  detailsHref?: string | undefined;
};

/** Whom it bills, what stands on it, and its dates. */
export function InvoiceFacts({ invoice, workspace, subscriptionHref, detailsHref }: Props) {
  const t = useTranslations("payments.facts");
  const { billedTo, fields, id, subscriptionId, automaticTax } = invoice;
  const lacksTax = automaticTax === "failed" || automaticTax === "requires_location_inputs";
  return (
    <Card title={t("title")}>
      <Facts>
        <Fact label={t("billedTo")}>{billedTo.name ?? workspace}</Fact>
        {billedTo.email && <Fact label={t("email")}>{billedTo.email}</Fact>}
        {billedTo.address.length > 0 && (
          <Fact label={t("address")}>
            <span className="block text-end whitespace-pre-line">
              {billedTo.address.join("\n")}
            </span>
          </Fact>
        )}
        {billedTo.taxIds.length > 0 && (
          <Fact label={t("taxIds")}>{billedTo.taxIds.map(({ value }) => value).join(", ")}</Fact>
        )}
        {fields.map(({ name, value }) => (
          <Fact key={name} label={name}>
            {value}
          </Fact>
        ))}
        <Dates invoice={invoice} />
        {subscriptionId && (
          <Fact label={t("subscription")}>
            <CopyableId id={subscriptionId} href={subscriptionHref} />
          </Fact>
        )}
        <Fact label={t("id")}>
          <CopyableId id={id} />
        </Fact>
      </Facts>
      {lacksTax && <p className="mt-3 text-danger">{t("taxFailed")}</p>}
      {detailsHref && (
        <p className="mt-3 text-xs print:hidden">
          <TextLink href={detailsHref}>{t("change")}</TextLink>
        </p>
      )}
    </Card>
  );
}

function Dates({ invoice }: { invoice: InvoicePage }) {
  const t = useTranslations("payments.facts");
  const { createdAt, dueAt, paidAt, voidedAt, uncollectibleAt } = invoice;
  const dates = [
    [t("issued"), createdAt],
    [t("due"), dueAt],
    [t("paidAt"), paidAt],
    [t("voidedAt"), voidedAt],
    [t("lostAt"), uncollectibleAt],
  ] as const;
  return dates.map(([label, at]) => {
    if (!at) return null;
    return (
      <Fact key={label} label={label}>
        <Moment at={at} as="date" />
      </Fact>
    );
  });
}
