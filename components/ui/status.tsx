/** How a state feels, told by shape as much as by colour, so that nobody needs the colour. */
const tones = {
  good: { shape: "●", className: "bg-success-soft text-success-soft-foreground" },
  bad: { shape: "▲", className: "bg-danger-soft text-danger-soft-foreground" },
  waiting: { shape: "◐", className: "bg-warning-soft text-warning-soft-foreground" },
  quiet: { shape: "○", className: "bg-default text-default-foreground/75" },
} as const;

export type Tone = keyof typeof tones;

/** The tone of every word a state can be, ours and Stripe's. A word without a row is quiet. */
const toneOf: Readonly<Record<string, Tone>> = {
  accepted: "good",
  active: "good",
  completed: "good",
  current: "good",
  done: "good",
  holds: "good",
  ok: "good",
  paid: "good",
  published: "good",
  ready: "good",
  sent: "good",
  succeeded: "good",
  trialing: "good",
  verified: "good",

  breaks: "bad",
  dead: "bad",
  disputed: "bad",
  down: "bad",
  failed: "bad",
  past_due: "bad",
  uncollectible: "bad",
  unpaid: "bad",

  degraded: "waiting",
  incomplete: "waiting",
  late: "waiting",
  open: "waiting",
  opening: "waiting",
  paused: "waiting",
  pending: "waiting",
  publishing: "waiting",
  queued: "waiting",
  waiting: "waiting",
};

type Props = {
  /** The state's word, as the code writes it. */
  of: string;
  /** The word people read, where it is not the same or is translated. */
  children?: React.ReactNode;
  tone?: Tone;
};

/** A state as a word, a shape and a colour. */
export function Status({ of, children, tone = toneOf[of] ?? "quiet" }: Props) {
  const { shape, className } = tones[tone];
  return (
    <span
      className={`inline-flex items-center gap-1 rounded-sm px-1.5 py-0.5 text-2xs font-medium whitespace-nowrap ${className}`}
    >
      <span aria-hidden className="text-[0.5625rem] leading-none">
        {shape}
      </span>
      {children ?? of.replaceAll("_", " ")}
    </span>
  );
}

/** Only the shape and the word, for sentences and navigation. */
export function StatusDot({ tone }: { tone: Tone }) {
  const colours = {
    good: "text-success",
    bad: "text-danger",
    waiting: "text-warning",
    quiet: "text-muted",
  } as const;
  return (
    <span aria-hidden className={`text-[0.5625rem] leading-none ${colours[tone]}`}>
      {tones[tone].shape}
    </span>
  );
}
