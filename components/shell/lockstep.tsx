import { useTranslations } from "next-intl";
import { StatusDot, type Tone } from "#components/ui/status";

const states = {
  inLockstep: "good",
  behind: "waiting",
  stopped: "bad",
} as const satisfies Record<string, Tone>;

export type LockstepState = {
  readonly state: keyof typeof states;
  /** From Stripe's event to our row, the latest one. Null before the first event. */
  readonly lagMs: number | null;
};

/** Whether what is shown is what Stripe says, and how fresh. */
export function Lockstep({ state, lagMs }: LockstepState) {
  const t = useTranslations("common.shell");
  const lag = lagMs === null ? "" : ` · ${t("lag", { seconds: inSeconds(lagMs) })}`;
  return (
    <span
      title={t("inLockstepHelp")}
      className="inline-flex items-center gap-1.5 text-xs whitespace-nowrap text-muted"
    >
      <StatusDot tone={states[state]} />
      <span className="max-sm:sr-only">{`${t(state)}${lag}`}</span>
    </span>
  );
}

function inSeconds(ms: number): string {
  if (ms < 50) return "< 0.1";
  return ms < 9_950 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000).toString();
}
