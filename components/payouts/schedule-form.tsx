"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Form, SubmitButton } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { TextField } from "#components/ui/text-field";
import type { Currency } from "#lib/money/currency";
import { parseMoney } from "#lib/money/parse-money";

const intervals = ["daily", "weekly", "monthly", "manual"] as const;
const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday"] as const;

type Props = {
  slug: string;
  interval: string;
  weekday: string;
  monthDay: string;
  minimums: readonly { currency: Currency; value: string }[];
};

/** When payouts leave by themselves, and what stays. */
export function ScheduleForm({ slug, minimums, ...kept }: Props) {
  const t = useTranslations("payouts.schedule");
  const [interval, setInterval] = useState(kept.interval);
  const words: Record<(typeof intervals)[number], string> = {
    ...{ daily: t("daily"), manual: t("manual") },
    ...{ weekly: t("weekday"), monthly: t("monthDay") },
  };
  return (
    <Form
      method="PUT"
      path={`/api/v1/tenants/${slug}/payout-schedule`}
      goTo={`/${slug}/payouts`}
      toBody={(fields) => ({
        interval: fields.interval,
        ...(fields.weekday && { weekdays: [fields.weekday] }),
        ...(fields.monthDay && { monthDays: [Number(fields.monthDay)] }),
        minimums: Object.fromEntries(
          minimums.map(({ currency }) => [currency, minorOf(fields[currency] ?? "", currency)]),
        ),
      })}
    >
      <Select
        name="interval"
        label={t("interval")}
        value={interval}
        onChange={setInterval}
        options={intervals.map((value) => ({ value, label: words[value] }))}
      />
      {interval === "weekly" && (
        <Select
          name="weekday"
          label={t("weekday")}
          defaultValue={kept.weekday}
          options={weekdays.map((value) => ({ value, label: t(`days.${value}`) }))}
        />
      )}
      {interval === "monthly" && (
        <Select
          name="monthDay"
          label={t("monthDay")}
          description={t("monthDayHint")}
          defaultValue={kept.monthDay}
          options={Array.from({ length: 31 }, (_, index) => {
            return { value: String(index + 1), label: String(index + 1) };
          })}
        />
      )}
      {minimums.map(({ currency, value }) => (
        <TextField
          key={currency}
          name={currency}
          label={t("minimum", { currency: currency.toUpperCase() })}
          description={t("minimumHint")}
          defaultValue={value}
        />
      ))}
      <div>
        <SubmitButton>{t("save")}</SubmitButton>
      </div>
    </Form>
  );
}

/** What was typed, for the server to refuse where it is no amount; nothing takes it away. */
function minorOf(typed: string, currency: Currency): string | null {
  if (typed.trim() === "") return null;
  const amount = parseMoney(typed, currency);
  if (amount?.minor === 0n) return null;
  return amount ? String(amount.minor) : typed;
}
