"use client";

import { Modal } from "@heroui/react/modal";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SeatCost } from "#components/team/seat-cost";
import { type SeatPreview, useSeatPreview } from "#components/team/use-seat-preview";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { NumberField } from "#components/ui/number-field";
import { type ApiPath, useSubmit } from "#components/ui/use-submit";

type Props = {
  slug: string;
  title: string;
  /** What it is for, in words; without it the number can be chosen here. */
  effect?: string;
  bought: number;
  taken: number;
  limit: number | null;
  confirm?: string;
  path: ApiPath;
  method: "PUT" | "POST";
  toBody: (preview: SeatPreview) => unknown;
  onClose: () => void;
};

/** Asks once about a number of seats, with what it costs in view. Loaded when it is first asked. */
export function SeatQuestion(props: Props) {
  const { slug, bought, effect, path, method, toBody, onClose } = props;
  const t = useTranslations("seats.change");
  const router = useRouter();
  const [seats, setSeats] = useState(bought + 1);
  const isChange = seats !== bought;
  const { preview, problem } = useSeatPreview(slug, isChange ? seats : null);
  const { submit, isPending, ...answered } = useSubmit({
    ...{ path, method },
    onDone: () => {
      onClose();
      router.refresh();
    },
  });
  return (
    <Modal.Backdrop isOpen onOpenChange={(isOpen) => !isOpen && !isPending && onClose()}>
      <Modal.Container size="sm">
        <Modal.Dialog>
          <Modal.Header>
            <Modal.Heading>{props.title}</Modal.Heading>
          </Modal.Header>
          <Modal.Body>
            <div className="grid gap-4 p-0.5 pt-2">
              {effect ? <p>{effect}</p> : <Chooser {...props} seats={seats} onChange={setSeats} />}
              {!isChange && <p className="text-muted">{t("same")}</p>}
              {isChange && !problem && <SeatCost preview={preview} />}
              <ProblemAlert problem={answered.problem ?? problem} />
            </div>
          </Modal.Body>
          <Modal.Footer>
            <Button variant="secondary" onPress={onClose}>
              {t("cancel")}
            </Button>
            <Button
              isPending={isPending}
              isDisabled={!preview}
              onPress={() => preview && void submit(toBody(preview))}
            >
              {props.confirm ?? t("confirm", { seats })}
            </Button>
          </Modal.Footer>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}

type ChooserProps = Pick<Props, "taken" | "limit" | "bought"> & {
  seats: number;
  onChange: (seats: number) => void;
};

function Chooser({ seats, taken, limit, bought, onChange }: ChooserProps) {
  const t = useTranslations("seats.change");
  return (
    <NumberField
      name="seats"
      label={t("label")}
      description={t("help", { taken })}
      value={seats}
      min={Math.max(1, Math.min(taken, bought))}
      {...(limit === null ? {} : { max: limit })}
      onChange={(value) => Number.isInteger(value) && onChange(value)}
    />
  );
}
