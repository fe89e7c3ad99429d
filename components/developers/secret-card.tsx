"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SecretReveal } from "#components/developers/secret-reveal";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { Moment } from "#components/ui/moment";
import { Select } from "#components/ui/select";
import { useSubmit } from "#components/ui/use-submit";
import type { SecretSpan } from "#lib/webhooks/get-endpoint";

const Question = dynamic(
  () => import("#components/ui/confirm-question").then((part) => part.ConfirmQuestion),
  { loading: () => null },
);

type Props = { slug: string; id: string; secrets: readonly SecretSpan[] };

/** Since when which secrets sign, and a new one, shown once. */
export function SecretCard({ slug, id, secrets }: Props) {
  const t = useTranslations("developers.secret");
  const [isOpen, setOpen] = useState<boolean>();
  const [secret, setSecret] = useState<string>();
  const [old, setOld] = useState("keep");
  const router = useRouter();
  const { submit, isPending, problem, reset } = useSubmit<{ secret: string }>({
    path: `/api/v1/tenants/${slug}/webhook-endpoints/${id}/rotate-secret`,
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
  if (secret) {
    return <SecretReveal kind="rotated" secret={secret} next={() => setSecret(undefined)} />;
  }
  return (
    <Card title={t("title")}>
      <Spans of={secrets} />
      <div className="mt-3">
        <Button size="sm" variant="secondary" onPress={() => onOpenChange(true)}>
          {t("rotate")}
        </Button>
      </div>
      {isOpen !== undefined && (
        <Question
          title={t("rotateTitle")}
          effect={<Effect old={old} onChange={setOld} />}
          confirm={t("rotateConfirm")}
          isDangerous={old === "end"}
          {...{ isOpen, isPending, problem, onOpenChange }}
          onConfirm={() => void submit({ old })}
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
