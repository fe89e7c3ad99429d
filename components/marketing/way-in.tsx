import { useTranslations } from "next-intl";
import { LinkButton } from "#components/ui/link-button";

/** The two ways on from the landing page: in, or to the prices. */
export function WayIn({ isSignedIn }: { isSignedIn: boolean }) {
  const t = useTranslations("marketing.landing");
  return (
    <div className="flex flex-wrap justify-center gap-2">
      <LinkButton href={isSignedIn ? "/account" : "/sign-up"} size="lg">
        {isSignedIn ? t("open") : t("start")}
      </LinkButton>
      <LinkButton href="/pricing" variant="secondary" size="lg">
        {t("seePricing")}
      </LinkButton>
    </div>
  );
}
