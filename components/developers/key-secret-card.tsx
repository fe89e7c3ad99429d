"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SecretReveal } from "#components/developers/secret-reveal";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Moment } from "#components/ui/moment";
import { Select } from "#components/ui/select";
import { useSubmit } from "#components/ui/use-submit";
import type { ApiKey } from "#lib/tenancy/api-key";

const Question = dynamic(
  () => import("#components/ui/confirm-question").then((part) => part.ConfirmQuestion),
  { loading: () => null },
);

type Props = { slug: string; of: ApiKey };

/** The secrets that open a key, and a new one, shown once. */
export function KeySecretCard({ slug, of }: Props) {
  const t = useTranslations("developers.keys.key");
  const [isOpen, setOpen] = useState<boolean>();
  const [secret, setSecret] = useState<string>();
  const [overlap, setOverlap] = useState("24");
  const router = useRouter();
  const { submit, isPending, problem, reset } = useSubmit<{ secret: string }>({
    path: `/api/v1/tenants/${slug}/api-keys/${of.id}/rotate`,
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
    return <SecretReveal kind="keyRotated" secret={secret} next={() => setSecret(undefined)} />;
  }
  return (
    <Card title={t("secrets")}>
      <Secrets of={of} />
      {of.state === "active" && (
        <div className="mt-3">
          <Button size="sm" variant="secondary" onPress={() => onOpenChange(true)}>
            {t("rotate")}
          </Button>
        </div>
      )}
      {isOpen !== undefined && (
        <Question
          title={t("rotateTitle")}
          effect={<Effect overlap={overlap} onChange={setOverlap} />}
          confirm={t("rotateConfirm")}
          isDangerous={overlap === "0"}
          {...{ isOpen, isPending, problem, onOpenChange }}
          onConfirm={() => void submit({ overlapHours: Number(overlap) })}
        />
      )}
    </Card>
  );
}

function Secrets({ of: { secrets } }: { of: ApiKey }) {
  const t = useTranslations("developers.keys.key");
  if (secrets.length === 0) return <p className="text-muted">{t("none")}</p>;
  return (
    <ul className="grid gap-3">
      {secrets.map(({ hint, createdAt, endsAt, lastUsedAt }) => (
        <li key={hint} className="grid gap-0.5">
          <span className="font-mono text-xs leading-5 break-all">{hint}</span>
          <span className="flex flex-wrap gap-x-2 text-xs text-muted">
            <span>
              {endsAt
                ? t.rich("ending", { moment: () => <Moment at={endsAt} /> })
                : t.rich("since", { moment: () => <Moment at={createdAt} /> })}
            </span>
            <span aria-hidden>·</span>
            <span>
              {lastUsedAt
                ? t.rich("used", { moment: () => <Moment at={lastUsedAt} /> })
                : t("unused")}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Effect(props: { overlap: string; onChange: (overlap: string) => void }) {
  const t = useTranslations("developers.keys.key");
  const description = t("overlapHelp");
  return (
    <div className="grid gap-3 p-0.5 pt-2">
      <p>{t("rotateEffect")}</p>
      <Select
        name="overlapHours"
        label={t("old")}
        value={props.overlap}
        onChange={props.onChange}
        options={[
          { value: "1", label: t("overlap1"), description },
          { value: "24", label: t("overlap24"), description },
          { value: "168", label: t("overlap168"), description },
          { value: "0", label: t("overlap0"), description: t("overlap0Help") },
        ]}
      />
    </div>
  );
}

/** Shuts a key out, after saying what that stops. */
export function RevokeKey({ slug, of: { id, name, lastUsedAt } }: Props) {
  const t = useTranslations("developers.keys.key");
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger={t("revoke")}
      triggerVariant="danger-soft"
      title={t("revokeTitle")}
      effect={
        <div className="grid gap-2">
          <p>{t("revokeEffect", { name })}</p>
          <p>
            {lastUsedAt
              ? t.rich("revokeUsed", { moment: () => <Moment at={lastUsedAt} /> })
              : t("revokeUnused")}
          </p>
        </div>
      }
      confirm={t("revoke")}
      isDangerous
      path={`/api/v1/tenants/${slug}/api-keys/${id}`}
      method="DELETE"
      onDone={() => router.refresh()}
    />
  );
}
