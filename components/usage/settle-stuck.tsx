"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import type { StuckFlush } from "#lib/usage/list-troubles";

/** Decides about a meter event that Stripe refused, or of which nobody knows whether it arrived. */
export function SettleStuck({ flush }: { flush: StuckFlush }) {
  const router = useRouter();
  const { id, tenantName, meterKey, value, state } = flush;
  const about = `${value} of ${meterKey} for ${tenantName}`;
  const ask = (act: "send" | "arrived", trigger: string, effect: string) => (
    <ConfirmDialog
      trigger={trigger}
      triggerVariant="ghost"
      triggerLabel={`${trigger}: ${about}`}
      title={`${trigger}: ${about}?`}
      effect={<p>{effect}</p>}
      confirm={trigger}
      path={`/api/v1/admin/usage/flushes/${id}/settle`}
      body={{ act }}
      onDone={() => router.refresh()}
    />
  );
  return (
    <div className="flex flex-wrap justify-end gap-1">
      {ask(
        "send",
        "Send again",
        state === "refused"
          ? "What Stripe lacks of its time goes out within a minute, under a new id. " +
              "Mend the cause first, or it is refused again."
          : "It goes out under a new id. If Stripe has it after all, it would be billed twice: " +
              "look at its count of that hour first.",
      )}
      {state === "uncertain" &&
        ask("arrived", "It arrived", "It counts as sent. Nothing goes out; its hour is even.")}
    </div>
  );
}
