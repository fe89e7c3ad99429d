"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { EvidenceFile } from "#components/disputes/evidence-file";
import { EvidenceText } from "#components/disputes/evidence-text";
import { Button } from "#components/ui/button";
import { Form, SubmitButton } from "#components/ui/form";
import type { ApiPath } from "#components/ui/use-submit";
import type { FileView } from "#lib/disputes/answer";
import type { EvidenceField, FileField, TextField, Texts } from "#lib/disputes/evidence";

type Props = {
  path: ApiPath;
  /** Every piece with how it is given, in the order it is asked for. */
  wanted: readonly Piece[];
  others: readonly Piece[];
  texts: Texts;
  files: readonly FileView[];
  suggested: Texts;
  seen: string | null;
};
export type Piece = { name: EvidenceField; kind: "line" | "text" | "date" | "file" };

/** Where an answer is gathered: what decides it first, the rest one press away. */
export function AnswerForm({ path, wanted, others, texts, files, suggested, seen }: Props) {
  const t = useTranslations("disputes.answer");
  const [start, setStart] = useState<Texts>(texts);
  const [round, setRound] = useState(0);
  const isBlank = Object.keys(texts).length === 0 && Object.keys(suggested).length > 0;
  const fill = () => {
    setStart({ ...suggested, ...texts });
    setRound((rounds) => rounds + 1);
  };
  const pieces = (list: readonly Piece[]) =>
    list.map(({ name, kind }) =>
      kind === "file" ? (
        <EvidenceFile
          key={name}
          path={`${path}/files`}
          field={name as FileField}
          file={files.find(({ field }) => field === name)}
        />
      ) : (
        <EvidenceText
          key={name}
          name={name as TextField}
          kind={kind}
          value={start[name as TextField]}
        />
      ),
    );
  return (
    <Form
      key={round}
      path={`${path}/draft`}
      method="PUT"
      toBody={(fields) => ({ texts: fields, seen })}
      refresh
    >
      {isBlank && round === 0 && (
        <div>
          <Button size="sm" variant="secondary" onPress={fill}>
            {t("suggest")}
          </Button>
        </div>
      )}
      <fieldset className="grid gap-4">
        <legend className="mb-2 font-medium">{t("wanted")}</legend>
        {pieces(wanted)}
      </fieldset>
      <details>
        <summary className="cursor-pointer font-medium">{t("others")}</summary>
        <div className="mt-3 grid gap-4">{pieces(others)}</div>
      </details>
      <div>
        <SubmitButton variant="secondary">{t("save")}</SubmitButton>
      </div>
    </Form>
  );
}
