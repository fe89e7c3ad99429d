"use client";

import { useTranslations } from "next-intl";
import { useId } from "react";
import type { TextField } from "#lib/disputes/evidence";

type Props = { name: TextField; kind: "line" | "text" | "date"; value: string | undefined };

const look =
  "w-full rounded-lg border border-field-border bg-field px-3 py-2 text-base outline-none focus-visible:outline-2 focus-visible:outline-focus sm:text-sm";
const mostCharacters = 20_000;

/** A piece of evidence that is written. */
export function EvidenceText({ name, kind, value }: Props) {
  const t = useTranslations("disputes.fields");
  const id = useId();
  const shared = { id, name, defaultValue: value ?? "", className: look };
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="label">
        {t(name)}
      </label>
      {kind === "text" ? (
        <textarea {...shared} rows={3} maxLength={mostCharacters} />
      ) : (
        <input {...shared} type={kind === "date" ? "date" : "text"} maxLength={500} />
      )}
    </div>
  );
}
