import { useTranslations } from "next-intl";
import { Status, type Tone } from "#components/ui/status";
import { payoutStatuses } from "#lib/payouts/payout";

const tones: Readonly<Record<string, Tone>> = {
  pending: "waiting",
  in_transit: "waiting",
  paid: "good",
  failed: "bad",
  canceled: "quiet",
};

/** Where a payout is on its way. */
export function PayoutStatus({ of }: { of: string }) {
  const t = useTranslations("payouts.statuses");
  const known = payoutStatuses.find((status) => status === of);
  return (
    <Status of={of} tone={tones[of] ?? "quiet"}>
      {known ? t(known) : t("other", { name: of })}
    </Status>
  );
}
