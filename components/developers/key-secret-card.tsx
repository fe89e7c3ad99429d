"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { SecretReveal } from "#components/developers/secret-reveal";
import { useRotation } from "#components/developers/use-rotation";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Moment } from "#components/ui/moment";
import { Select } from "#components/ui/select";
import type { ApiKey } from "#lib/tenancy/api-key";

const Question = dynamic(
  () => import("#components/ui/confirm-question").then((part) => part.ConfirmQuestion),
  { loading: () => null },
);

type Props = { slug: string; of: ApiKey };

/** The secrets that open a key, and a new one, shown once. */
export function KeySecretCard({ slug, of }: Props) {
  const t = useTranslations("developers.keys.key");
  const [overlap, setOverlap] = useState("24");
  const { secret, forget, rotate, ask, question } = useRotation(
    `/api/v1/tenants/${slug}/api-keys/${of.id}/rotate`,
  );
  if (secret) {
    return <SecretReveal kind="keyRotated" secret={secret} next={forget} />;
  }
  return (
    <Card title={t("secrets")}>
      <Secrets of={of} />
      {of.state === "active" && (
        <div className="mt-3">
          <Button size="sm" variant="secondary" onPress={ask}>
            {t("rotate")}
          </Button>
        </div>
      )}
      {question && (
        <Question
          title={t("rotateTitle")}
          effect={<Effect overlap={overlap} onChange={setOverlap} />}
          confirm={t("rotateConfirm")}
          isDangerous={overlap === "0"}
          {...question}
          onConfirm={() => void rotate({ overlapHours: Number(overlap) })}
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
