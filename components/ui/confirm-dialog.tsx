"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { type ApiPath, useSubmit, type WriteMethod } from "#components/ui/use-submit";

const Question = dynamic(
  () => import("#components/ui/confirm-question").then((part) => part.ConfirmQuestion),
  // Without a stand-in of its own the whole page would give way to its skeleton meanwhile.
  { loading: () => null },
);

type Props = {
  /** The button that opens it. */
  trigger: string;
  triggerVariant?: "secondary" | "ghost" | "danger-soft" | "outline";
  triggerLabel?: string;
  title: string;
  /** The effect, in full and before it happens: who is affected, what it costs, by when. */
  effect: React.ReactNode;
  /** The verb on the button that does it. */
  confirm: string;
  isDangerous?: boolean;
  path: ApiPath;
  method?: WriteMethod;
  body?: unknown;
  onDone?: () => void | Promise<void>;
};

/** Asks once, with the effect in view, then does it. */
export function ConfirmDialog(props: Props) {
  const [isOpen, setOpen] = useState(false);
  const [isWanted, setWanted] = useState(false);
  const { submit, isPending, problem, reset } = useSubmit({
    path: props.path,
    method: props.method ?? "POST",
    onDone: async () => {
      await props.onDone?.();
      setOpen(false);
    },
  });
  const onOpenChange = (open: boolean) => {
    if (isPending) return;
    reset();
    setWanted(true);
    setOpen(open);
  };
  return (
    <>
      <Button
        size="sm"
        variant={props.triggerVariant ?? "secondary"}
        onPress={() => onOpenChange(true)}
        {...(props.triggerLabel ? { "aria-label": props.triggerLabel } : {})}
      >
        {props.trigger}
      </Button>
      {isWanted && (
        <Question
          title={props.title}
          effect={props.effect}
          confirm={props.confirm}
          isDangerous={props.isDangerous ?? false}
          isOpen={isOpen}
          isPending={isPending}
          problem={problem}
          onOpenChange={onOpenChange}
          onConfirm={() => void submit(props.body)}
        />
      )}
    </>
  );
}
