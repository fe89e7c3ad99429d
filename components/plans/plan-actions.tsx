"use client";

import { useRouter } from "next/navigation";
import { ConfirmDialog } from "#components/ui/confirm-dialog";

type Props = {
  plan: { id: string; name: string };
  subscribers: number;
  isRetired: boolean;
  /** No version of it was ever published, so nothing remembers it. */
  isUnknown: boolean;
  mayUpdate: boolean;
  mayPublish: boolean;
};

/** Takes a whole plan off offer, offers it again, or throws away one that nobody ever saw. */
export function PlanActions(props: Props) {
  if (props.isUnknown) return props.mayUpdate && <Delete {...props} />;
  if (!props.mayPublish) return null;
  return props.isRetired ? <Restore {...props} /> : <Retire {...props} />;
}

function Retire({ plan, subscribers }: Props) {
  const router = useRouter();
  const who = subscribers === 1 ? "Its 1 subscriber stays" : `Its ${subscribers} subscribers stay`;
  return (
    <ConfirmDialog
      trigger="Retire the plan"
      triggerVariant="ghost"
      title={`Take ${plan.name} off offer?`}
      effect={
        <p>
          It leaves the pricing page and nobody can choose it. {subscribers > 0 && `${who}. `}
          You can offer it again at any time.
        </p>
      }
      confirm="Retire"
      isDangerous
      path={`/api/v1/admin/plans/${plan.id}/retire`}
      onDone={() => router.refresh()}
    />
  );
}

function Restore({ plan }: Props) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Offer it again"
      title={`Offer ${plan.name} again?`}
      effect={<p>Its newest published version is back on the pricing page, as it was.</p>}
      confirm="Offer again"
      path={`/api/v1/admin/plans/${plan.id}/restore`}
      onDone={() => router.refresh()}
    />
  );
}

function Delete({ plan }: Props) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Delete"
      triggerVariant="ghost"
      triggerLabel={`Delete ${plan.name}`}
      title={`Delete ${plan.name}?`}
      effect={<p>The plan and its drafts are gone. It was never published, so nobody has it.</p>}
      confirm="Delete"
      isDangerous
      method="DELETE"
      path={`/api/v1/admin/plans/${plan.id}`}
      onDone={() => {
        router.push("/admin/plans");
        router.refresh();
      }}
    />
  );
}
