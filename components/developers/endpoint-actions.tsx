"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Place } from "#components/developers/place";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { LinkButton } from "#components/ui/link-button";
import { Select } from "#components/ui/select";

type Props = { place: Place; id: string; isOn: boolean; types: readonly string[] };

/** What one does about an endpoint: try it, change it, turn it on or off. */
export function EndpointActions({ place, id, isOn, types }: Props) {
  const t = useTranslations("developers.endpoint");
  const router = useRouter();
  const path = `${place.api}/webhook-endpoints/${id}` as const;
  const words = isOn
    ? { trigger: t("turnOff"), title: t("turnOffTitle"), effect: t("turnOffEffect") }
    : { trigger: t("turnOn"), title: t("turnOnTitle"), effect: t("turnOnEffect") };
  return (
    <>
      {isOn && <TestDialog path={`${path}/test`} types={types} />}
      <LinkButton href={`${place.pages}/endpoints/${id}/edit`} variant="secondary" size="sm">
        {t("edit")}
      </LinkButton>
      <ConfirmDialog
        trigger={words.trigger}
        title={words.title}
        effect={<p>{words.effect}</p>}
        confirm={words.trigger}
        path={`${path}/${isOn ? "disable" : "enable"}`}
        onDone={() => router.refresh()}
      />
    </>
  );
}

function TestDialog({ path, types }: { path: `/api/v1/${string}`; types: readonly string[] }) {
  const t = useTranslations("developers.endpoint");
  const router = useRouter();
  const [type, setType] = useState(types[0] ?? "");
  return (
    <ConfirmDialog
      trigger={t("test")}
      title={t("testTitle")}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <Select
            name="type"
            label={t("testType")}
            value={type}
            onChange={setType}
            options={types.map((one) => ({ value: one, label: one }))}
          />
          <p>{t("testEffect")}</p>
        </div>
      }
      confirm={t("testConfirm")}
      path={path}
      body={{ type }}
      onDone={() => router.refresh()}
    />
  );
}

/** Deletes the endpoint, after saying what goes with it. */
export function DeleteEndpoint({ place, id }: { place: Place; id: string }) {
  const t = useTranslations("developers.endpoint");
  return (
    <ConfirmDialog
      trigger={t("delete")}
      triggerVariant="danger-soft"
      title={t("deleteTitle")}
      effect={<p>{t("deleteEffect")}</p>}
      confirm={t("delete")}
      isDangerous
      path={`${place.api}/webhook-endpoints/${id}`}
      method="DELETE"
      // A whole load: pages of what is gone must not come back from the browser's memory.
      onDone={() => window.location.assign(place.pages)}
    />
  );
}
