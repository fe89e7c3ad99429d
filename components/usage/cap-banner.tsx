import { useLocale, useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";
import { sayCap } from "#components/usage/quantity";
import type { MeterUsage } from "#lib/usage/get-usage";

/** Says that a hard cap is reached, until when, and what can be done about it. */
export function CapBanner({ slug, usage }: { slug: string; usage: MeterUsage }) {
  const t = useTranslations("usage.cap");
  const locale = useLocale();
  const { gate, quantity, unit } = usage;
  if (!gate || Number(quantity) < Number(gate.most)) return null;
  const isPlan = gate.by === "plan";
  return (
    <Banner
      kind="warning"
      title={t("reached", { amount: sayCap(gate.most, unit, locale) })}
      action={
        isPlan && (
          <LinkButton size="sm" href={`/${slug}/billing`}>
            {t("change")}
          </LinkButton>
        )
      }
    >
      {t(isPlan ? "reachedPlan" : "reachedBody", { at: gate.to })}
    </Banner>
  );
}
