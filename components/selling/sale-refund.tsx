"use client";

import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { RefundEffect, type WirePreview } from "#components/selling/refund-effect";
import { formatAmount } from "#components/ui/amount";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import { useSubmit } from "#components/ui/use-submit";
import type { Currency } from "#lib/money/currency";
import { formatMoney, toDecimal } from "#lib/money/format-money";
import { money } from "#lib/money/money";
import { parseMoney } from "#lib/money/parse-money";

type Props = { slug: string; saleId: string; currency: Currency; leftMinor: string };
const reasons = ["requested_by_customer", "duplicate", "fraudulent"] as const;

/** Gives a payment back, in part or whole, after who bears what was shown. */
export function SaleRefund({ slug, saleId, currency, leftMinor }: Props) {
  const t = useTranslations("selling.refund");
  const locale = useLocale();
  const router = useRouter();
  const left = money(BigInt(leftMinor), currency);
  const [text, setText] = useState<string>(toDecimal(left));
  const [fee, setFee] = useState("usual");
  const [reason, setReason] = useState<string>(reasons[0]);
  const [note, setNote] = useState("");
  const [key] = useState(() => crypto.randomUUID());
  const [shown, setShown] = useState<WirePreview>();
  const path = `/api/v1/tenants/${slug}/sales/${saleId}/refunds` as const;
  const preview = useSubmit<WirePreview>({ path: `${path}/preview`, onDone: setShown });
  const refund = useSubmit({ path, onDone: () => router.refresh() });
  const amount = parseMoney(text, currency);
  const isGood = amount !== null && amount.minor > 0n && amount.minor <= left.minor;
  const asked = {
    minor: amount?.minor.toString(),
    ...(fee !== "usual" && { returnsFee: fee === "back" }),
  };
  const change = <T,>(set: (value: T) => void) => {
    return (value: T) => {
      set(value);
      setShown(undefined);
    };
  };
  return (
    <div className="grid gap-4">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          name="minor"
          label={t("amount", { currency: currency.toUpperCase() })}
          value={text}
          onChange={change(setText)}
          description={t("left", { left: formatMoney(left, locale) })}
        />
        <Select
          name="returnsFee"
          label={t("fee")}
          value={fee}
          onChange={change(setFee)}
          options={[
            { value: "usual", label: t("usual") },
            { value: "back", label: t("feeBack") },
            { value: "kept", label: t("feeKept") },
          ]}
        />
        <Select
          name="reason"
          label={t("reason")}
          value={reason}
          onChange={setReason}
          options={reasons.map((value) => ({ value, label: t(`reasons.${value}`) }))}
        />
        <TextField name="note" label={t("note")} value={note} onChange={setNote} maxLength={500} />
      </div>
      <ProblemAlert problem={preview.problem ?? refund.problem} />
      {shown && <RefundEffect preview={shown} />}
      <div>
        {shown && amount ? (
          <Button
            variant="danger"
            isPending={refund.isPending}
            onPress={() => void refund.submit({ ...asked, key, reason, note })}
          >
            {t("do", { amount: formatAmount(amount, locale) })}
          </Button>
        ) : (
          <Button
            variant="secondary"
            isPending={preview.isPending}
            isDisabled={!isGood}
            onPress={() => void preview.submit(asked)}
          >
            {t("preview")}
          </Button>
        )}
      </div>
    </div>
  );
}
