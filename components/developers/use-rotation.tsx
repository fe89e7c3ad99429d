"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { type ApiPath, useSubmit } from "#components/ui/use-submit";

/** Asks whether to rotate a secret, does it, and has the new one to show once. */
export function useRotation(path: ApiPath) {
  const [isOpen, setOpen] = useState<boolean>();
  const [secret, setSecret] = useState<string>();
  const router = useRouter();
  const { submit, isPending, problem, reset } = useSubmit<{ secret: string }>({
    path,
    onDone: (answer) => {
      setOpen(false);
      setSecret(answer.secret);
      router.refresh();
    },
  });
  const onOpenChange = (open: boolean) => {
    if (isPending) return;
    reset();
    setOpen(open);
  };
  return {
    secret,
    forget: () => setSecret(undefined),
    rotate: submit,
    ask: () => onOpenChange(true),
    /** Undefined until it was first asked, so that its dialog is loaded only then. */
    question: isOpen === undefined ? undefined : { isOpen, isPending, problem, onOpenChange },
  };
}
