import { useTranslations } from "next-intl";
import { Features } from "#components/billing/features";
import { Amount } from "#components/ui/amount";
import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Meter } from "#components/ui/meter";
import type { BillingPage } from "#lib/billing/get-billing";
import type { TenantOverview } from "#lib/overview/get-tenant-overview";

type Props = { slug: string; overview: TenantOverview; billing: BillingPage | null };

/** The plan against its limits. */
export function PlanCard({ slug, overview, billing }: Props) {
  const t = useTranslations("tenant.overview.plan");
  const interval = useTranslations("tenant.interval");
  const { plan, subscription, members } = overview;
  const seats = subscription?.seats;
  const estimate = billing?.nextInvoiceEstimate;
  const features = billing?.plan?.features ?? [];
  return (
    <Card
      title={t(seats ? "title" : "titleAlone")}
      action={billing && <TextLink href={`/${slug}/billing`}>{t("open")}</TextLink>}
    >
      <div className="grid gap-4">
        <p className="flex flex-wrap items-center justify-between gap-2">
          <span className="font-medium">
            {plan.name}
            {subscription && `, ${interval(subscription.interval).toLowerCase()}`}
          </span>
          {estimate && (
            <span className="text-muted">
              <Amount of={estimate.amount} />{" "}
              {interval(subscription?.interval === "year" ? "perYear" : "perMonth")}
            </span>
          )}
        </p>
        {seats && (
          <Meter
            label={t("seats")}
            value={members.seated}
            max={seats}
            text={t("seatsText", { taken: members.seated, seats })}
          />
        )}
        {features.length > 0 && <Features of={features} />}
      </div>
    </Card>
  );
}
