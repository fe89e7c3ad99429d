"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "#components/ui/card";
import { Fold } from "#components/ui/fold";
import { Form, SubmitButton } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import type { Aggregation } from "#lib/usage/meter";

export type TriedMeter = { key: string; name: string; unit: string | null; kind: Aggregation };
type Props = { slug: string; meters: readonly TriedMeter[]; chosen: string | undefined };

/** Sends one event from the browser, in test mode, and says that it counts. */
export function TryCard({ slug, meters, chosen }: Props) {
  const t = useTranslations("usage.try");
  const first = meters.find(({ key }) => key === chosen) ?? meters[0]!;
  const [key, setKey] = useState(first.key);
  const [sent, setSent] = useState(0);
  const meter = meters.find((one) => one.key === key) ?? first;
  const isUnique = meter.kind === "unique";
  return (
    <Card title={t("title")} note={t("note")}>
      <Fold label={t("open")}>
        <Form
          key={sent}
          path={`/api/v1/tenants/${slug}/usage/try`}
          values={{ meter: key }}
          toBody={({ value, unique }) => ({
            meter: key,
            ...(value && { value }),
            ...(unique && { unique }),
          })}
          refresh
          onDone={() => setSent(sent + 1)}
          className="grid items-start gap-3 md:grid-cols-[2fr_2fr_auto]"
        >
          <Select
            name="meter"
            label={t("meter")}
            value={key}
            onChange={(value) => setKey(String(value))}
            options={meters.map((one) => ({ value: one.key, label: one.name }))}
          />
          {isUnique ? (
            <TextField name="unique" label={t("unique")} description={t("uniqueHelp")} isRequired />
          ) : (
            <TextField
              name="value"
              label={t("value")}
              description={meter.kind === "count" ? t("countHelp") : t("valueHelp")}
              defaultValue="1"
              isReadOnly={meter.kind === "count"}
            />
          )}
          <div className="md:pt-6">
            <SubmitButton variant="secondary">{t("send")}</SubmitButton>
          </div>
        </Form>
      </Fold>
      <p aria-live="polite" className="pt-3 text-xs text-muted">
        {sent > 0 ? t("done") : t("counts")}
      </p>
    </Card>
  );
}
