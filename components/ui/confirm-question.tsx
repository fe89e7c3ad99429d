"use client";

import { AlertDialog } from "@heroui/react/alert-dialog";
import { useTranslations } from "next-intl";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import type { Problem } from "#lib/web/call-api";

type Props = {
  title: string;
  effect: React.ReactNode;
  confirm: string;
  isDangerous: boolean;
  isOpen: boolean;
  isPending: boolean;
  problem: Problem | undefined;
  onOpenChange: (isOpen: boolean) => void;
  onConfirm: () => void;
};

/** The question of a confirmation: loaded when it is first asked. */
export function ConfirmQuestion(props: Props) {
  const t = useTranslations("common.dialog");
  return (
    <AlertDialog.Backdrop
      isOpen={props.isOpen}
      onOpenChange={props.onOpenChange}
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
              <ProblemAlert problem={props.problem} />
            </div>
          </AlertDialog.Body>
          <AlertDialog.Footer>
            <Button variant="secondary" onPress={() => props.onOpenChange(false)}>
              {t("cancel")}
            </Button>
            <Button
              variant={props.isDangerous ? "danger" : "primary"}
              isPending={props.isPending}
              onPress={props.onConfirm}
            >
              {props.confirm}
            </Button>
          </AlertDialog.Footer>
        </AlertDialog.Dialog>
      </AlertDialog.Container>
    </AlertDialog.Backdrop>
  );
}
