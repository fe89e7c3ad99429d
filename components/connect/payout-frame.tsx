"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ConnectProvider } from "#components/connect/connect-provider";
import { Embedded } from "#components/connect/embedded";
import type { ConnectKeys } from "#lib/connect/browser-keys";

type Props = { slug: string; keys: ConnectKeys; payout: string; backHref: string };

/** One payout whole, as Stripe shows it. */
export function PayoutFrame({ slug, keys, payout, backHref }: Props) {
  const t = useTranslations("connect.payouts");
  const router = useRouter();
  const settings = useMemo(
    () => ({ payout, onClose: () => router.push(backHref, { scroll: false }) }),
    [payout, backHref, router],
  );
  return (
    <ConnectProvider slug={slug} keys={keys} ground="background">
      <Embedded
        key={payout}
        tag="payout-details"
        label={t("details")}
        settings={settings}
        minHeight={320}
      />
    </ConnectProvider>
  );
}
