import type { StripeConnectInstance } from "@stripe/connect-js";
import { loadConnectAndInitialize } from "@stripe/connect-js/pure";
import { connectAppearance, type Ground } from "#components/connect/appearance";
import { loadScript } from "#components/payments/load-script";
import type { ConnectKeys } from "#lib/connect/browser-keys";
import { callApi } from "#lib/web/call-api";

type Base = `/api/v1/tenants/${string}`;

/** Connect.js, from Stripe; against the local Stripe its stand-in, which the loader then takes. */
export async function connectOf(
  { publishableKey, scriptUrl }: ConnectKeys,
  base: Base,
  { locale, ground }: { locale: string; ground: Ground },
): Promise<StripeConnectInstance> {
  if (scriptUrl) await loadScript(scriptUrl);
  return loadConnectAndInitialize({
    publishableKey,
    locale,
    appearance: connectAppearance(ground),
    fetchClientSecret: async () => {
      const answer = await callApi<{ clientSecret: string }>("POST", `${base}/connect/session`);
      if (!answer.ok) throw new Error(answer.problem.detail);
      return answer.value.clientSecret;
    },
  });
}
