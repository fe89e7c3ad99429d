"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = { versionId: string; plan: string; number: number };

/** Puts a draft on offer, after saying what that does. */
export function PublishButton({ versionId, plan, number }: Props) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Publish"
      triggerLabel={`Publish version ${number} of ${plan}`}
      title={`Publish version ${number} of ${plan}?`}
      effect={
        <p>
          Its product and prices are made at Stripe, and whoever chooses {plan} from then on gets
          this version. It can never change again. Present subscribers stay on theirs.
        </p>
      }
      confirm="Publish"
      path={`/api/v1/admin/plans/versions/${versionId}/publish`}
      onDone={() => router.refresh()}
    />
  );
}
