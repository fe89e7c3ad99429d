"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ConnectProvider } from "#components/connect/connect-provider";
import { Embedded } from "#components/connect/embedded";
import type { ConnectKeys } from "#lib/connect/browser-keys";

type Props = {
  slug: string;
  keys: ConnectKeys;
  /** A payment intent or a charge of the workspace's own account. */
  payment: string;
  /** The page without it. */
  backHref: string;
  /** Its disputes alone, in Stripe's own form. */
  onlyDisputes?: boolean;
};

/** One payment whole, as Stripe shows it, with what the role may do: a refund among it. */
export function PaymentFrame({ slug, keys, payment, backHref, onlyDisputes = false }: Props) {
  const t = useTranslations("connect.payments");
  const router = useRouter();
  const settings = useMemo(
    () => ({ payment, onClose: () => router.push(backHref, { scroll: false }) }),
    [payment, backHref, router],
  );
  return (
    <ConnectProvider slug={slug} keys={keys} ground="background">
      <Embedded
        key={payment}
        tag={onlyDisputes ? "payment-disputes" : "payment-details"}
        label={t(onlyDisputes ? "itsDisputes" : "details")}
        settings={settings}
        minHeight={320}
      />
    </ConnectProvider>
  );
}
