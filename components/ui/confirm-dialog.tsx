"use client";

import { AlertDialog } from "@heroui/react/alert-dialog";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { type ApiPath, useSubmit, type WriteMethod } from "#components/ui/use-submit";

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
  const t = useTranslations("common.dialog");
  const [isOpen, setOpen] = useState(false);
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
    setOpen(open);
  };
  return (
    <>
      <Button
        size="sm"
        variant={props.triggerVariant ?? "secondary"}
        onPress={() => setOpen(true)}
        {...(props.triggerLabel ? { "aria-label": props.triggerLabel } : {})}
      >
        {props.trigger}
      </Button>
      <AlertDialog.Backdrop
        isOpen={isOpen}
        onOpenChange={onOpenChange}
        isKeyboardDismissDisabled={false}
      >
        <AlertDialog.Container size="sm">
          <AlertDialog.Dialog>
            <AlertDialog.Header>
              <AlertDialog.Heading>{props.title}</AlertDialog.Heading>
            </AlertDialog.Header>
            <AlertDialog.Body>
              <div className="grid gap-3">
                {props.effect}
                <ProblemAlert problem={problem} />
              </div>
            </AlertDialog.Body>
            <AlertDialog.Footer>
              <Button variant="secondary" onPress={() => onOpenChange(false)}>
                {t("cancel")}
              </Button>
              <Button
                variant={props.isDangerous ? "danger" : "primary"}
                isPending={isPending}
                onPress={() => void submit(props.body)}
              >
                {props.confirm}
              </Button>
            </AlertDialog.Footer>
          </AlertDialog.Dialog>
        </AlertDialog.Container>
      </AlertDialog.Backdrop>
    </>
  );
}
