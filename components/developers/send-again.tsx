"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Place } from "#components/developers/place";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Select } from "#components/ui/select";
import { useSubmit } from "#components/ui/use-submit";
import type { Replayed } from "#lib/webhooks/replay-since";

const Question = dynamic(
  () => import("#components/ui/confirm-question").then((part) => part.ConfirmQuestion),
  { loading: () => null },
);

const hourMs = 3_600_000;
/** A minute less than what is allowed, so that a slow click is not too late. */
const spans = {
  hour: hourMs,
  sixHours: 6 * hourMs,
  day: 24 * hourMs,
  week: 7 * 24 * hourMs,
  month: 30 * 24 * hourMs - 60_000,
} as const;
type Span = keyof typeof spans;

type Props = { place: Place; id: string; url: string; isOn: boolean };

/** Sends an endpoint all that did not arrive since an instant. */
export function SendAgain({ place, id, url, isOn }: Props) {
  const t = useTranslations("developers.again");
  const [span, setSpan] = useState<Span>("day");
  const [isOpen, setOpen] = useState<boolean>();
  const [replayed, setReplayed] = useState<Replayed>();
  const router = useRouter();
  const { submit, isPending, problem, reset } = useSubmit<Replayed>({
    path: `${place.api}/webhook-endpoints/${id}/replay`,
    onDone: (answer) => {
      setReplayed(answer);
      setOpen(false);
      router.refresh();
    },
  });
  const onOpenChange = (open: boolean) => {
    if (isPending) return;
    reset();
    setReplayed(undefined);
    setOpen(open);
  };
  const send = () => void submit({ since: new Date(Date.now() - spans[span]).toISOString() });
  return (
    <Card title={t("title")}>
      <div className="grid gap-3">
        <p className="text-muted">{isOn ? t("body") : t("off")}</p>
        <Select
          name="since"
          label={t("since")}
          value={span}
          onChange={(value) => setSpan(value as Span)}
          isDisabled={!isOn}
          options={(Object.keys(spans) as Span[]).map((one) => ({ value: one, label: t(one) }))}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button
            size="sm"
            variant="secondary"
            isDisabled={!isOn}
            onPress={() => onOpenChange(true)}
          >
            {t("send")}
          </Button>
          <p role="status" className="text-xs text-muted">
            {replayed && t("done", { count: replayed.failed + replayed.missed })}
            {replayed && !replayed.isAll && ` ${t("more")}`}
          </p>
        </div>
      </div>
      {isOpen !== undefined && (
        <Question
          title={t("ask")}
          effect={<p className="break-words">{t("effect", { span: t(span), url })}</p>}
          confirm={t("send")}
          isDangerous={false}
          {...{ isOpen, isPending, problem, onOpenChange }}
          onConfirm={send}
        />
      )}
    </Card>
  );
}
