"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useId, useRef, useState } from "react";
import { Button } from "#components/ui/button";
import type { ApiPath } from "#components/ui/use-submit";
import type { FileView } from "#lib/disputes/answer";
import type { FileField } from "#lib/disputes/evidence";
import { callApi, type Problem, sendFile } from "#lib/web/call-api";

type Props = { path: ApiPath; field: FileField; file: FileView | undefined };

/** A piece of evidence that is a document: it goes to Stripe as soon as it is chosen. */
export function EvidenceFile({ path, field, file }: Props) {
  const t = useTranslations("disputes");
  const router = useRouter();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const run = async (act: () => ReturnType<typeof callApi>) => {
    setPending(true);
    const answer = await act();
    setPending(false);
    setProblem(answer.ok ? undefined : answer.problem);
    if (answer.ok) router.refresh();
  };
  const add = (chosen: File | undefined) => {
    if (!chosen) return;
    const query = new URLSearchParams({ field, name: chosen.name });
    void run(() => sendFile(`${path}?${query}`, chosen));
  };
  return (
    <div className="grid gap-1">
      <p id={id} className="label">
        {t(`fields.${field}`)}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {file && (
          <span className="min-w-0 break-all">
            {t("answer.given", { name: file.name, kb: Math.ceil(file.bytes / 1000) })}
          </span>
        )}
        <input
          ref={input}
          type="file"
          accept="application/pdf,image/jpeg,image/png"
          aria-labelledby={id}
          className="sr-only"
          onChange={(event) => {
            add(event.target.files?.[0]);
            event.target.value = "";
          }}
        />
        <Button
          size="sm"
          variant="secondary"
          isPending={isPending}
          onPress={() => input.current?.click()}
        >
          {t(file ? "answer.replace" : "answer.choose")}
        </Button>
        {file && (
          <Button
            size="sm"
            variant="ghost"
            isDisabled={isPending}
            onPress={() => void run(() => callApi("DELETE", `${path}/${file.id}`))}
          >
            {t("answer.remove")}
          </Button>
        )}
      </div>
      {problem && (
        <p role="alert" className="text-xs text-danger">
          {problem.detail}
        </p>
      )}
    </div>
  );
}
