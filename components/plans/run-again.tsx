"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { useSubmit } from "#components/ui/use-submit";

type Props = {
  versionId: string;
  /** Stripe does not know all of it yet; once it does, a run compares and repairs. */
  isPublishing: boolean;
  run: "running" | "failed" | "finished" | undefined;
};

/** Goes on publishing after a failure, or looks again whether Stripe has it as it was made. */
export function RunAgain({ versionId, isPublishing, run }: Props) {
  const router = useRouter();
  const act = isPublishing ? "publish" : "compare";
  const { submit, isPending, problem } = useSubmit({
    path: `/api/v1/admin/plans/versions/${versionId}/${act}`,
    onDone: () => router.refresh(),
  });
  if (run === "running") return null;
  return (
    <div className="grid gap-2">
      <div>
        <Button variant="secondary" size="sm" isPending={isPending} onPress={() => void submit({})}>
          {isPublishing || run === "failed" ? "Try again" : "Compare with Stripe"}
        </Button>
      </div>
      <ProblemAlert problem={problem} />
    </div>
  );
}
