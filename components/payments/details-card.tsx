"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Option } from "#components/payments/place-names";
import { Card } from "#components/ui/card";
import { Form, SubmitButton } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import type { BillingDetails } from "#lib/payments/details";

type Props = {
  details: BillingDetails;
  base: `/api/v1/${string}`;
  mayChange: boolean;
  countries: readonly Option[];
  languages: readonly Option[];
};

/** What stands on every invoice from the next one on. */
export function DetailsCard({ details, base, mayChange, countries, languages }: Props) {
  const t = useTranslations("payments.details");
  const [isSaved, setSaved] = useState(false);
  const toBody = ({ ccEmails = "", ...fields }: Record<string, string>) => ({
    ...fields,
    ccEmails: ccEmails.split(/[\s,;]+/).filter(Boolean),
  });
  return (
    <Card title={t("title")} note={t("sentence")} className="scroll-mt-4">
      <span id="details" />
      <Form
        path={`${base}/billing-details`}
        method="PUT"
        toBody={toBody}
        onDone={() => setSaved(true)}
        refresh
      >
        <fieldset
          disabled={!mayChange}
          onInput={() => setSaved(false)}
          className="grid gap-4 sm:grid-cols-2"
        >
          <legend className="sr-only">{t("title")}</legend>
          <Who details={details} languages={languages} />
          <Where details={details} countries={countries} />
        </fieldset>
        {mayChange && (
          <div className="flex items-center gap-3">
            <SubmitButton>{t("save")}</SubmitButton>
            <span role="status">{isSaved ? t("saved") : ""}</span>
          </div>
        )}
      </Form>
    </Card>
  );
}

function Who({ details, languages }: Pick<Props, "details" | "languages">) {
  const t = useTranslations("payments.details");
  return (
    <>
      <Text name="name" details={details} isRequired autoComplete="organization" />
      <Text name="email" details={details} isRequired type="email" autoComplete="email" />
      <TextField
        name="ccEmails"
        label={t("cc")}
        description={t("ccHint")}
        defaultValue={details.ccEmails.join(", ")}
        maxLength={2000}
      />
      <Text name="phone" details={details} autoComplete="tel" maxLength={30} />
      <TextField
        name="reference"
        label={t("reference")}
        description={t("referenceHint")}
        defaultValue={details.reference}
        maxLength={140}
      />
      <Select
        name="locale"
        label={t("locale")}
        defaultValue={details.locale}
        options={[{ value: "", label: t("anyLocale") }, ...languages]}
      />
    </>
  );
}

function Where({ details, countries }: Pick<Props, "details" | "countries">) {
  const t = useTranslations("payments.details");
  return (
    <>
      <Text name="line1" details={details} autoComplete="address-line1" />
      <Text name="line2" details={details} autoComplete="address-line2" />
      <Text name="city" details={details} autoComplete="address-level2" maxLength={100} />
      <Text name="postalCode" details={details} autoComplete="postal-code" maxLength={20} />
      <Text name="state" details={details} autoComplete="address-level1" maxLength={100} />
      <Select
        name="country"
        label={t("country")}
        defaultValue={details.country}
        options={[{ value: "", label: t("noCountry") }, ...countries]}
      />
    </>
  );
}

type TextProps = {
  name: "name" | "email" | "phone" | "line1" | "line2" | "city" | "state" | "postalCode";
  details: BillingDetails;
  autoComplete: string;
  type?: "text" | "email";
  isRequired?: boolean;
  maxLength?: number;
};

function Text({ name, details, maxLength = 200, ...rest }: TextProps) {
  const t = useTranslations("payments.details");
  return (
    <TextField
      name={name}
      label={t(name)}
      defaultValue={details[name]}
      maxLength={maxLength}
      {...rest}
    />
  );
}
