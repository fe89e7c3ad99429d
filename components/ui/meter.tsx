type Props = {
  label: string;
  value: number;
  max: number;
  /** The figures in words: "10 of 12". */
  text: string;
};

/** How much of a limit is used. It turns amber near the limit and red past it. */
export function Meter({ label, value, max, text }: Props) {
  const share = max > 0 ? Math.min(value / max, 1) : 0;
  const colour = value > max ? "bg-danger" : share >= 0.9 ? "bg-warning" : "bg-accent";
  return (
    <div>
      <div className="flex items-baseline justify-between gap-4 text-xs">
        <span>{label}</span>
        <span className="text-muted tabular-nums">{text}</span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> cannot take our colours everywhere */}
      <div
        role="meter"
        aria-label={label}
        aria-valuenow={value}
        aria-valuemin={0}
        aria-valuemax={Math.max(max, value)}
        aria-valuetext={text}
        className="mt-1.5 h-1.5 overflow-hidden rounded-sm bg-default"
      >
        <div className={`h-full ${colour}`} style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  );
}

/** How far long work has come. Without a share it is under way and its end is not known. */
export function Progress({ label, share }: { label: string; share?: number }) {
  const known = share === undefined ? {} : { "aria-valuenow": Math.round(share * 100) };
  return (
    <div>
      <p className="text-xs text-muted">{label}</p>
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        {...known}
        className="mt-1.5 h-1.5 overflow-hidden rounded-sm bg-default"
      >
        <div
          className={`h-full bg-accent ${share === undefined ? "animate-pulse" : "transition-[width]"}`}
          style={{ width: share === undefined ? "40%" : `${share * 100}%` }}
        />
      </div>
    </div>
  );
}
