"use client";

import { useLocale, useTranslations } from "next-intl";
import type { SeatPreview } from "#components/team/use-seat-preview";
import { Amount, formatAmount } from "#components/ui/amount";
import { Progress } from "#components/ui/meter";

/** What a change of seats costs before it is decided: now, on the next invoice, and after. */
export function SeatCost({ preview }: { preview: SeatPreview | undefined }) {
  const t = useTranslations("seats.cost");
  if (!preview) return <Progress label={t("loading")} />;
  const { dueNow, invoice, billing, isTrial } = preview;
  const at = new Date(invoice.at);
  const isCredit = billing === "at_once" && BigInt(invoice.total.minor) < 0n;
  const nextLabel = isTrial ? "trial" : billing === "true_up" ? "trueUp" : "next";
  return (
    <div className="grid gap-2" role="status">
      <dl className="grid gap-1.5">
        {billing === "at_once" ? (
          <Line
            label={isCredit ? t("credited") : t("dueNow")}
            of={isCredit ? invoice.total : dueNow}
          />
        ) : (
          <Line label={t(nextLabel, { at })} of={invoice.total} />
        )}
      </dl>
      {billing !== "at_once" && <p className="text-xs text-muted">{t("nothing")}</p>}
      <PerPeriod {...preview} />
      <Lines lines={invoice.lines} />
    </div>
  );
}

type Sum = SeatPreview["dueNow"];

function Line({ label, of }: { label: string; of: Sum }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4">
      <dt>{label}</dt>
      <dd className="font-semibold">
        <Amount of={of} />
      </dd>
    </div>
  );
}

function PerPeriod({ perPeriod, interval }: SeatPreview) {
  const t = useTranslations("seats.cost");
  const locale = useLocale();
  const minor = BigInt(perPeriod.minor);
  if (minor === 0n) return null;
  const amount = formatAmount({ ...perPeriod, minor: minor < 0n ? -minor : minor }, locale);
  return (
    <p className="text-xs text-muted">{t(minor > 0n ? "more" : "less", { amount, interval })}</p>
  );
}

function Lines({ lines }: { lines: SeatPreview["invoice"]["lines"] }) {
  const t = useTranslations("seats.cost");
  if (lines.length === 0) return null;
  return (
    <details className="text-xs">
      <summary className="cursor-pointer text-muted">{t("lines")}</summary>
      <ul className="mt-2 grid gap-1.5">
        {lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: Stripe's lines of a preview have no names
          <li key={place} className="flex items-baseline justify-between gap-4">
            <span className="min-w-0">{line.description}</span>
            <Amount of={line.amount} />
          </li>
        ))}
      </ul>
    </details>
  );
}
