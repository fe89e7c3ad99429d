"use client";

import dynamic from "next/dynamic";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Place } from "#components/developers/place";
import { SecretReveal } from "#components/developers/secret-reveal";
import { useRotation } from "#components/developers/use-rotation";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Moment } from "#components/ui/moment";
import { Select } from "#components/ui/select";
import type { SecretSpan } from "#lib/webhooks/get-endpoint";

const Question = dynamic(
  () => import("#components/ui/confirm-question").then((part) => part.ConfirmQuestion),
  { loading: () => null },
);

type Props = { place: Place; id: string; secrets: readonly SecretSpan[] };

/** Since when which secrets sign, and a new one, shown once. */
export function SecretCard({ place, id, secrets }: Props) {
  const t = useTranslations("developers.secret");
  const [old, setOld] = useState("keep");
  const { secret, forget, rotate, ask, question } = useRotation(
    `${place.api}/webhook-endpoints/${id}/rotate-secret`,
  );
  if (secret) {
    return <SecretReveal kind="rotated" secret={secret} next={forget} />;
  }
  return (
    <Card title={t("title")}>
      <Spans of={secrets} />
      <div className="mt-3">
        <Button size="sm" variant="secondary" onPress={ask}>
          {t("rotate")}
        </Button>
      </div>
      {question && (
        <Question
          title={t("rotateTitle")}
          effect={<Effect old={old} onChange={setOld} />}
          confirm={t("rotateConfirm")}
          isDangerous={old === "end"}
          {...question}
          onConfirm={() => void rotate({ old })}
        />
      )}
    </Card>
  );
}

function Spans({ of }: { of: readonly SecretSpan[] }) {
  const t = useTranslations("developers.secret");
  if (of.length === 0) return <p>{t("none")}</p>;
  return (
    <ul className="grid gap-2">
      {of.map(({ id, createdAt, endsAt }) => (
        <li key={id} className="flex flex-wrap justify-between gap-x-4">
          <span className="font-mono text-xs leading-5">whsec_••••••••</span>
          <span className="text-muted">
            {endsAt
              ? t.rich("ending", { moment: () => <Moment at={endsAt} /> })
              : t.rich("signing", { moment: () => <Moment at={createdAt} /> })}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Effect({ old, onChange }: { old: string; onChange: (old: string) => void }) {
  const t = useTranslations("developers.secret");
  return (
    <div className="grid gap-3 p-0.5 pt-2">
      <p>{t("rotateEffect")}</p>
      <Select
        name="old"
        label={t("old")}
        value={old}
        onChange={onChange}
        options={[
          { value: "keep", label: t("keep"), description: t("keepHelp") },
          { value: "end", label: t("end"), description: t("endHelp") },
        ]}
      />
    </div>
  );
}
