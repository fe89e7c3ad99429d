import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Suspense } from "react";
import { readNextInvoice } from "#components/billing/read-next-invoice";
import { SubscriptionStatus } from "#components/billing/subscription-status";
import { Amount } from "#components/ui/amount";
import { StatSkeleton } from "#components/ui/skeleton";
import { Stat, Stats } from "#components/ui/stat";
import type { BillingPage } from "#lib/billing/get-billing";
import type { InvoiceSummary } from "#lib/billing/invoice";
import type { TenantOverview } from "#lib/overview/get-tenant-overview";
import type { TenantContext } from "#lib/tenancy/context";

type Props = { ctx: TenantContext; overview: TenantOverview; billing: BillingPage | null };

/** The figures of a workspace side by side; of money only what the role may see. */
export function Figures({ ctx, overview, billing }: Props) {
  return (
    <Stats>
      <PlanFigure overview={overview} />
      {billing && (
        <Suspense fallback={<StatSkeleton />}>
          <NextInvoice ctx={ctx} billing={billing} />
        </Suspense>
      )}
      {overview.invoices && <LastInvoice of={overview.invoices[0]} />}
      <People overview={overview} />
    </Stats>
  );
}

function PlanFigure({ overview: { plan, subscription } }: Pick<Props, "overview">) {
  const t = useTranslations("tenant.overview.stats");
  const at = subscription?.cancelAt ?? subscription?.currentPeriodEnd;
  const key = subscription?.cancelAt
    ? "ends"
    : subscription?.status === "trialing"
      ? "trialEnds"
      : "renews";
  return (
    <Stat
      label={t("plan")}
      value={plan.name}
      aside={<SubscriptionStatus of={subscription} />}
      note={at ? t(key, { at }) : t("free")}
    />
  );
}

/** As Stripe draws it up; at the plan's prices, and so said, where it cannot be asked. */
async function NextInvoice({ ctx, billing }: { ctx: TenantContext; billing: BillingPage }) {
  const t = await getTranslations("tenant.overview.stats");
  const invoice = await readNextInvoice(ctx);
  const listed = invoice === undefined ? billing.nextInvoiceEstimate : null;
  if (listed) {
    return (
      <Stat
        label={t("nextInvoice")}
        value={<Amount of={listed.amount} />}
        note={t("onListed", { at: listed.at })}
      />
    );
  }
  if (!invoice) {
    return <Stat label={t("nextInvoice")} value={t("noInvoice")} note={t("noInvoiceNote")} />;
  }
  const { due, at, isUsageExtra } = invoice;
  return (
    <Stat
      label={t("nextInvoice")}
      value={<Amount of={due} />}
      note={t(isUsageExtra ? "onAndUsage" : "on", { at })}
    />
  );
}

function LastInvoice({ of: invoice }: { of: InvoiceSummary | undefined }) {
  const t = useTranslations("tenant.overview.stats");
  if (!invoice) {
    return <Stat label={t("lastInvoice")} value={t("noInvoice")} note={t("neverInvoiced")} />;
  }
  const { total, paidAt, createdAt } = invoice;
  return (
    <Stat
      label={t("lastInvoice")}
      value={<Amount of={total} />}
      note={paidAt ? t("paidOn", { at: paidAt }) : t("issuedOn", { at: createdAt })}
    />
  );
}

function People({ overview: { members, subscription } }: Pick<Props, "overview">) {
  const t = useTranslations("tenant.overview.stats");
  const { count, seated, pending } = members;
  const seats = subscription?.seats;
  if (!seats) {
    const note = t("invited", { count: pending });
    return <Stat label={t("team")} value={t("members", { count })} note={note} />;
  }
  const left = seats - seated;
  const note = left < 0 ? t("over", { over: -left }) : t("free_seats", { free: left });
  return <Stat label={t("seats")} value={t("taken", { taken: seated, seats })} note={note} />;
}
