"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Embedded } from "#components/connect/embedded";
import { HostedLink } from "#components/connect/hosted-link";

/** Stripe's onboarding in our page. When somebody leaves it, the page shows how far it came. */
export function OnboardingFrame({ slug }: { slug: string }) {
  const t = useTranslations("connect.onboarding");
  const router = useRouter();
  const settings = useMemo(() => ({ onExit: () => router.refresh() }), [router]);
  const hosted = <HostedLink slug={slug} />;
  return (
    <Embedded
      tag="account-onboarding"
      label={t("component")}
      settings={settings}
      minHeight={320}
      otherWay={hosted}
    />
  );
}
