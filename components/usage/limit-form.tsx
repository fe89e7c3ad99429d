"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, SubmitButton } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import type { Currency } from "#lib/money/currency";
import { parseMoney } from "#lib/money/parse-money";
import { limitActs } from "#lib/usage/limit";

type Props = {
  slug: string;
  meterKey: string;
  /** Null where it costs nothing, so that no cap can be in money. */
  currency: Currency | null;
};

/** Sets an alert or a cap of one meter. */
export function LimitForm({ slug, meterKey, currency }: Props) {
  const t = useTranslations("usage.limits");
  const [made, setMade] = useState(0);
  const toBody = (fields: Record<string, string>) => {
    const text = fields.amount?.replaceAll(/[\s_,']/g, "") ?? "";
    const isSpend = fields.measure === "spend" && currency !== null;
    const money = isSpend ? parseMoney(text, currency) : null;
    return { ...fields, amount: isSpend ? String(money?.minor ?? text) : text };
  };
  const measures = [
    { value: "units", label: t("measures.units") },
    ...(currency === null
      ? []
      : [{ value: "spend", label: t("measures.spend", { currency: currency.toUpperCase() }) }]),
  ];
  return (
    <Form
      key={made}
      path={`/api/v1/tenants/${slug}/usage/limits`}
      values={{ meterKey }}
      toBody={toBody}
      refresh
      onDone={() => setMade(made + 1)}
      className="grid items-start gap-3 md:grid-cols-[2fr_1fr_1fr_auto]"
    >
      <Select
        name="act"
        label={t("act")}
        defaultValue="alert"
        options={limitActs.map((act) => ({ value: act, label: t(`acts.${act}`) }))}
      />
      <Select name="measure" label={t("measure")} defaultValue="units" options={measures} />
      <TextField name="amount" label={t("amount")} description={t("amountHelp")} isRequired />
      <div className="md:pt-6">
        <SubmitButton variant="secondary">{t("add")}</SubmitButton>
      </div>
    </Form>
  );
}
