"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { useSubmit } from "#components/ui/use-submit";

type Props = { migrationId: string; subscriptionIds: readonly string[] };

/** Has Stripe draw up the next invoice of some subscribers: discounts, tax, credit and all. */
export function AskStripe({ migrationId, subscriptionIds }: Props) {
  const router = useRouter();
  const { submit, isPending, problem } = useSubmit({
    path: `/api/v1/admin/migrations/${migrationId}/preview`,
    onDone: () => router.refresh(),
  });
  const count = subscriptionIds.length;
  if (count === 0) return null;
  return (
    <div className="grid justify-items-end gap-2">
      <Button
        variant="secondary"
        size="sm"
        isPending={isPending}
        onPress={() => void submit({ subscriptionIds })}
      >
        Ask Stripe about {count === 1 ? "this one" : `these ${count}`}
      </Button>
      <ProblemAlert problem={problem} />
    </div>
  );
}
