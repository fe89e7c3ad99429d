"use client";

import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Option } from "#components/payments/place-names";
import { Card } from "#components/ui/card";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Form, SubmitButton } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { Status } from "#components/ui/status";
import { TextField } from "#components/ui/text-field";
import type { TaxIdView, TaxStanding } from "#lib/payments/details";
import { isTaxIdType, taxIdTypes } from "#lib/payments/tax-id-types";

type Props = {
  taxIds: readonly TaxIdView[];
  tax: TaxStanding;
  types: readonly Option[];
  base: `/api/v1/${string}`;
  mayChange: boolean;
};

/** The tax ids on a workspace's invoices, and how it stands to tax. */
export function TaxIdsCard({ taxIds, tax, types, base, mayChange }: Props) {
  const t = useTranslations("payments.tax");
  const name = (type: string) => types.find(({ value }) => value === type)?.label ?? type;
  return (
    <Card title={t("title")} note={t("sentence")}>
      <div className="grid gap-4">
        {tax !== "none" && <p>{t(tax)}</p>}
        {taxIds.length === 0 && <p className="text-muted">{t("none")}</p>}
        <ul className="grid gap-2">
          {taxIds.map((taxId) => (
            <li key={taxId.id} className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className="font-mono text-xs">{taxId.value}</span>
              <span className="text-muted">{name(taxId.type)}</span>
              {taxId.verification && (
                <Status of={taxId.verification}>{t(`verification.${taxId.verification}`)}</Status>
              )}
              {mayChange && (
                <span className="ms-auto">
                  <RemoveTaxId taxId={taxId} base={base} />
                </span>
              )}
            </li>
          ))}
        </ul>
        {mayChange && <AddTaxId base={base} types={types} key={taxIds.length} />}
      </div>
    </Card>
  );
}

function AddTaxId({ base, types }: Pick<Props, "base" | "types">) {
  const t = useTranslations("payments.tax");
  const [type, setType] = useState("eu_vat");
  const example = isTaxIdType(type) ? taxIdTypes[type] : null;
  return (
    <Form
      path={`${base}/billing-details/tax-ids`}
      refresh
      className="grid items-start gap-4 sm:grid-cols-2"
    >
      <Select
        name="type"
        label={t("type")}
        isRequired
        value={type}
        onChange={setType}
        options={types}
      />
      <TextField
        name="value"
        label={t("value")}
        isRequired
        maxLength={50}
        autoComplete="off"
        description={example ? t("looks", { example }) : undefined}
      />
      <div>
        <SubmitButton variant="secondary" size="sm">
          {t("add")}
        </SubmitButton>
      </div>
    </Form>
  );
}

function RemoveTaxId({ taxId, base }: { taxId: TaxIdView; base: Props["base"] }) {
  const t = useTranslations("payments.tax");
  const router = useRouter();
  const { id, value } = taxId;
  return (
    <ConfirmDialog
      trigger={t("remove")}
      triggerVariant="ghost"
      triggerLabel={t("removeOf", { value })}
      title={t("removeTitle")}
      effect={<p>{t("removeEffect", { value })}</p>}
      confirm={t("remove")}
      path={`${base}/billing-details/tax-ids/${id}`}
      method="DELETE"
      onDone={() => router.refresh()}
    />
  );
}
