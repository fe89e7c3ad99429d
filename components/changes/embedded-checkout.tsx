"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { stripeOf } from "#components/payments/load-stripe";
import { Skeleton } from "#components/ui/skeleton";
import type { BrowserKeys } from "#lib/payments/browser-keys";

type Props = { keys: BrowserKeys; clientSecret: string };
type Mounted = { destroy(): void };

/** Stripe's payment page inside ours. What is typed there never passes by us. */
export function EmbeddedCheckout({ keys, clientSecret }: Props) {
  const t = useTranslations("changes.checkout");
  const place = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  useEffect(() => {
    let isLeft = false;
    let mounted: Mounted | undefined;
    const mount = async () => {
      const stripe = await stripeOf(keys);
      if (isLeft || !place.current) return;
      const checkout = await stripe.createEmbeddedCheckoutPage({
        fetchClientSecret: async () => clientSecret,
      });
      // Stripe allows one at a time, and React mounts twice while it is being developed.
      if (isLeft || !place.current) return checkout.destroy();
      checkout.mount(place.current);
      mounted = checkout;
      setState("ready");
    };
    mount().catch(() => !isLeft && setState("failed"));
    return () => {
      isLeft = true;
      mounted?.destroy();
    };
  }, [keys, clientSecret]);
  return (
    <div>
      {state === "loading" && <Skeleton className="h-96 w-full" />}
      {state === "failed" && (
        <p role="alert" className="rounded-lg border border-danger/40 bg-danger-soft px-3 py-2">
          {t("failed")}
        </p>
      )}
      <div ref={place} />
    </div>
  );
}
