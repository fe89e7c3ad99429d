"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, SubmitButton } from "#components/ui/form";
import { LinkButton } from "#components/ui/link-button";
import { Segments } from "#components/ui/segments";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { type Currency, currencies } from "#lib/money/currency";
import { parseMoney } from "#lib/money/parse-money";

const options = Object.keys(currencies).map((code) => ({
  value: code,
  label: code.toUpperCase(),
}));
const whole = (text: string | undefined) => (text ? Number(text) : undefined);

/** What is sold, for how much and how often. */
export function LinkForm({ slug }: { slug: string }) {
  const t = useTranslations("selling.links");
  const router = useRouter();
  const [kind, setKind] = useState<"fixed" | "chosen">("fixed");
  const [currency, setCurrency] = useState<string>("usd");
  // What is no amount is sent as it is, so that the answer lands on its field.
  const minorOf = (text: string | undefined) =>
    text ? (parseMoney(text, currency as Currency)?.minor.toString() ?? text) : undefined;
  return (
    <Form<{ id: string }>
      path={`/api/v1/tenants/${slug}/payment-links`}
      toBody={(fields) => ({
        ...{ name: fields.name, description: fields.description, thanks: fields.thanks, currency },
        ...(kind === "fixed"
          ? { minor: minorOf(fields.minor) }
          : { leastMinor: minorOf(fields.leastMinor), mostMinor: minorOf(fields.mostMinor) }),
        mostQuantity: whole(fields.mostQuantity) ?? 1,
        mostPayments: whole(fields.mostPayments),
        collectsAddress: fields.collects === "address" || fields.collects === "both",
        collectsPhone: fields.collects === "phone" || fields.collects === "both",
      })}
      onDone={({ id }) => router.push(`/${slug}/links/${id}`)}
    >
      <TextField name="name" label={t("whatFor")} isRequired maxLength={120} autoComplete="off" />
      <TextField name="description" label={t("description")} maxLength={500} autoComplete="off" />
      <Segments
        label={t("kind")}
        value={kind}
        onChange={(value) => setKind(value as "fixed" | "chosen")}
        options={[
          { value: "fixed", label: t("fixed") },
          { value: "chosen", label: t("chosen") },
        ]}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <Select
          name="currency"
          label={t("currency")}
          value={currency}
          onChange={setCurrency}
          options={options}
        />
        {kind === "fixed" ? (
          <TextField name="minor" label={t("amount")} isRequired placeholder="25.00" />
        ) : (
          <>
            <TextField name="leastMinor" label={t("least")} isRequired placeholder="5.00" />
            <TextField name="mostMinor" label={t("most")} isRequired placeholder="500.00" />
          </>
        )}
      </div>
      <Limits />
      <TextField name="thanks" label={t("thanks")} maxLength={300} autoComplete="off" />
      <div className="flex flex-wrap gap-2">
        <SubmitButton>{t("make")}</SubmitButton>
        <LinkButton href={`/${slug}/links`} variant="secondary">
          {t("cancel")}
        </LinkButton>
      </div>
    </Form>
  );
}

function Limits() {
  const t = useTranslations("selling.links");
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <TextField
        name="mostQuantity"
        label={t("quantity")}
        defaultValue="1"
        pattern="[1-9]\d{0,2}"
      />
      <TextField
        name="mostPayments"
        label={t("limit")}
        description={t("limitHelp")}
        pattern="[1-9]\d{0,5}"
      />
      <Select
        name="collects"
        label={t("collects")}
        defaultValue="none"
        options={[
          { value: "none", label: t("nothing") },
          { value: "address", label: t("address") },
          { value: "phone", label: t("phone") },
          { value: "both", label: t("both") },
        ]}
      />
    </div>
  );
}
