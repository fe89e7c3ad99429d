import { useTranslations } from "next-intl";
import { Status, type Tone } from "#components/ui/status";
import type { DeliveryState } from "#lib/webhooks/delivery";
import type { EndpointState } from "#lib/webhooks/endpoint";

const tones = {
  on: "good",
  failing: "waiting",
  off: "quiet",
  queued: "waiting",
  sending: "waiting",
  retrying: "waiting",
  delivered: "good",
  failed: "bad",
} as const satisfies Record<EndpointState | DeliveryState, Tone>;

/** The state of an endpoint or of a delivery. */
export function WebhookState({ of }: { of: EndpointState | DeliveryState }) {
  const t = useTranslations("developers.states");
  return (
    <Status of={of} tone={tones[of]}>
      {t(of)}
    </Status>
  );
}
