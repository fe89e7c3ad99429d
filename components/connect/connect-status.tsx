import { useTranslations } from "next-intl";
import { Status, type Tone } from "#components/ui/status";
import type { ConnectStatus } from "#lib/connect/status";

const tones: Record<ConnectStatus, Tone> = {
  invited: "quiet",
  created: "waiting",
  onboarding: "waiting",
  verifying: "waiting",
  active: "good",
  restricted: "bad",
  suspended: "bad",
  disconnected: "bad",
  closed: "quiet",
};

/** Where an account is on its way to taking payments, in a word. */
export function ConnectStatusMark({ status }: { status: ConnectStatus }) {
  const t = useTranslations("connect.status");
  return (
    <Status of={status} tone={tones[status]}>
      {t(status)}
    </Status>
  );
}
