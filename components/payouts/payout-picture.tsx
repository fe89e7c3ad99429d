import { useTranslations } from "next-intl";
import { Amount } from "#components/ui/amount";
import type { PayoutTrace } from "#lib/payouts/get-payout";
import type { Composition } from "#lib/payouts/read-composition";
import type { Sum } from "#lib/payouts/sum";

type Step = { key: string; label: string; amount: Sum; count?: number; tone: "in" | "out" | "end" };

/** A payout as a picture: what came in, what was taken off, what arrived at the bank. */
export function PayoutPicture({ trace, of }: { trace: PayoutTrace; of: Composition }) {
  const t = useTranslations("payouts.one");
  const steps = useSteps(trace, of);
  const sizes = steps.map(({ amount }) => abs(amount)).toSorted((a, b) => (a < b ? 1 : -1));
  const most = sizes[0] || 1n;
  return (
    <ol className="grid gap-2">
      {steps.map(({ key, label, amount, count, tone }) => (
        <li
          key={key}
          className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 sm:grid-cols-[12rem_minmax(0,1fr)_8rem]"
        >
          <span className={tone === "end" ? "font-semibold" : ""}>
            {label}
            {count !== undefined && (
              <span className="ms-1.5 text-xs text-muted tabular-nums">{count}</span>
            )}
          </span>
          <span
            aria-hidden
            className="order-last col-span-2 h-2 rounded-sm bg-default sm:order-none sm:col-span-1"
          >
            <span
              className={`block h-2 rounded-sm ${bars[tone]}`}
              style={{ width: `${Number((abs(amount) * 1000n) / most) / 10}%` }}
            />
          </span>
          <span className="text-end">
            <Amount of={amount} className={tone === "end" ? "font-semibold" : ""} />
          </span>
        </li>
      ))}
      <li className="sr-only">{t("pictureNote")}</li>
    </ol>
  );
}

const bars = { in: "bg-accent", out: "bg-warning", end: "bg-success" } as const;
const abs = ({ minor }: Sum) => (minor < 0n ? -minor : minor);

function useSteps(trace: PayoutTrace, { lines, fees }: Composition): Step[] {
  const t = useTranslations("payouts.one");
  const parts = lines.map(({ kind, count, amount }): Step => {
    return { key: kind, label: t(`kinds.${kind}`), amount, count, tone: toneOf(amount) };
  });
  const taken = (["stripe", "platform", "other"] as const)
    .filter((name) => fees[name].minor !== 0n)
    .map((name): Step => {
      return { key: name, label: t(`fees.${name}`), amount: fees[name], tone: toneOf(fees[name]) };
    });
  return [
    ...parts,
    ...taken,
    { key: "payout", label: t("payout"), amount: trace.amount, tone: "end" },
  ];
}

function toneOf({ minor }: Sum): Step["tone"] {
  return minor < 0n ? "out" : "in";
}
