"use client";

import { useRouter } from "next/navigation";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { useSubmit } from "#components/ui/use-submit";

type Props = {
  planId: string;
  /** The version it begins as a copy of; null begins empty. */
  copyOf: string | null;
  label: string;
  variant?: "primary" | "secondary" | "ghost";
};

/** Makes the next version of a plan as a draft, and leads to its editor. */
export function NewDraft({ planId, copyOf, label, variant = "secondary" }: Props) {
  const router = useRouter();
  const { submit, isPending, problem } = useSubmit<{ versionId: string }>({
    path: `/api/v1/admin/plans/${planId}/versions`,
    onDone: ({ versionId }) => router.push(`/admin/plans/versions/${versionId}/edit`),
  });
  return (
    <>
      <Button
        variant={variant}
        size="sm"
        isPending={isPending}
        onPress={() => void submit({ copyOf })}
      >
        {label}
      </Button>
      <ProblemAlert problem={problem} />
    </>
  );
}
