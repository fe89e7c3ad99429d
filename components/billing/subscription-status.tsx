import { useTranslations } from "next-intl";
import { Status } from "#components/ui/status";
import type { SubscriptionView } from "#lib/billing/subscription";

/** How the plan stands, as a word and a shape. Free has no subscription and is no worse for it. */
export function SubscriptionStatus({ of }: { of: SubscriptionView | null }) {
  const t = useTranslations("tenant.subscription");
  if (!of) return <Status of="none">{t("none")}</Status>;
  const isEnding = of.cancelAt !== null && of.status === "active";
  if (isEnding) {
    return (
      <Status of="ending" tone="waiting">
        {t("ending")}
      </Status>
    );
  }
  return <Status of={of.status}>{t(of.status)}</Status>;
}
