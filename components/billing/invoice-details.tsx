import { useTranslations } from "next-intl";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { Moment } from "#components/ui/moment";
import type { InvoicePage } from "#lib/billing/invoice-page";

type Props = { invoice: InvoicePage; billedTo: string; slug: string };

/** Whom it bills and its dates. */
export function InvoiceDetails({ invoice, billedTo, slug }: Props) {
  const t = useTranslations("tenant.invoicePage");
  const { id, createdAt, dueAt, paidAt, subscriptionId } = invoice;
  return (
    <Card title={t("details")}>
      <Facts>
        <Fact label={t("billedTo")}>{billedTo}</Fact>
        <Fact label={t("issued")}>
          <Moment at={createdAt} as="date" />
        </Fact>
        {dueAt && (
          <Fact label={t("due")}>
            <Moment at={dueAt} as="date" />
          </Fact>
        )}
        {paidAt && (
          <Fact label={t("paidAt")}>
            <Moment at={paidAt} as="date" />
          </Fact>
        )}
        {subscriptionId && (
          <Fact label={t("subscription")}>
            <CopyableId id={subscriptionId} href={`/${slug}/billing`} />
          </Fact>
        )}
        <Fact label={t("id")}>
          <CopyableId id={id} />
        </Fact>
      </Facts>
    </Card>
  );
}
