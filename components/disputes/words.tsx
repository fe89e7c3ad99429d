import { useTranslations } from "next-intl";
import { Status, type Tone } from "#components/ui/status";
import type { DisputeStatus } from "#lib/disputes/dispute";
import { isKnownReason } from "#lib/disputes/evidence";

const tones: Record<DisputeStatus, Tone> = {
  needs_response: "bad",
  under_review: "waiting",
  won: "good",
  lost: "quiet",
  prevented: "good",
  warning_needs_response: "waiting",
  warning_under_review: "waiting",
  warning_closed: "good",
};

/** Where a dispute is, in a word. One Stripe may yet invent is shown as it says it. */
export function DisputeMark({ status }: { status: DisputeStatus }) {
  const t = useTranslations("disputes.status");
  return (
    <Status of={status} tone={tones[status] ?? "waiting"}>
      {t.has(status) ? t(status) : status.replaceAll("_", " ")}
    </Status>
  );
}

/** Why the bank turned to the account, in a sentence. */
export function useReason(): (reason: string) => { name: string; wins: string } {
  const t = useTranslations("disputes.reasons");
  return (reason) => {
    if (isKnownReason(reason)) return { name: t(`${reason}.name`), wins: t(`${reason}.wins`) };
    const name = reason.replaceAll("_", " ");
    const readable = name.charAt(0).toUpperCase() + name.slice(1);
    return { name: t("other.name", { name: readable }), wins: t("other.wins") };
  };
}
