import { useTranslations } from "next-intl";
import { Banner } from "#components/ui/banner";
import { LinkButton } from "#components/ui/link-button";

/** In place of Stripe's components, where the account was disconnected and shows nothing to us. */
export function Disconnected({ slug }: { slug: string }) {
  const t = useTranslations("connect.unready");
  return (
    <Banner
      kind="danger"
      title={t("disconnected")}
      action={
        <LinkButton size="sm" variant="secondary" href={`/${slug}/onboarding`}>
          {t("disconnectedAction")}
        </LinkButton>
      }
    />
  );
}
