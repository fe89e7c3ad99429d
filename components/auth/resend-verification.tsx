"use client";

import { useState } from "react";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { useSubmit } from "#components/ui/use-submit";

/** Sends the signed-in person a new confirmation link. */
export function ResendVerification({ label, done }: { label: string; done: string }) {
  const [isDone, setDone] = useState(false);
  const { submit, isPending, problem } = useSubmit({
    path: "/api/v1/verification",
    onDone: () => setDone(true),
  });
  if (isDone) return <p role="status">{done}</p>;
  return (
    <div className="grid justify-items-start gap-2">
      <ProblemAlert problem={problem} />
      <Button size="sm" variant="secondary" isPending={isPending} onPress={() => void submit({})}>
        {label}
      </Button>
    </div>
  );
}
