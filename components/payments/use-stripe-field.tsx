"use client";

import type { Stripe, StripeElements } from "@stripe/stripe-js";
import { useTheme } from "next-themes";
import { useCallback, useEffect, useRef, useState } from "react";
import { stripeOf } from "#components/payments/load-stripe";
import type { BrowserKeys } from "#lib/payments/browser-keys";

export type Field = { stripe: Stripe; elements: StripeElements; clientSecret: string };

/** Puts Stripe's own fields into a place of ours. What is typed there never passes by us. */
export function useStripeField(opened: (BrowserKeys & { clientSecret: string }) | undefined) {
  const place = useRef<HTMLDivElement>(null);
  const field = useRef<Field>(undefined);
  const [state, setState] = useState<"loading" | "ready" | "failed">("loading");
  const { resolvedTheme } = useTheme();
  useEffect(() => {
    if (!opened) return;
    let isLeft = false;
    const { clientSecret } = opened;
    const mount = async () => {
      const stripe = await stripeOf(opened);
      if (isLeft || !place.current) return;
      const elements = stripe.elements({
        clientSecret,
        appearance: { theme: resolvedTheme === "dark" ? "night" : "stripe" },
      });
      const element = elements.create("payment");
      element.on("ready", () => setState("ready"));
      element.mount(place.current);
      field.current = { stripe, elements, clientSecret };
    };
    mount().catch(() => setState("failed"));
    return () => {
      isLeft = true;
      field.current?.elements.getElement("payment")?.destroy();
      field.current = undefined;
      setState("loading");
    };
  }, [opened, resolvedTheme]);
  return { place, state, current: useCallback(() => field.current, []) };
}
