/** Two bars in step: what Stripe says and what the books say. */
export function Logo({ size = 16 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" className="shrink-0">
      <rect x="1" y="1.5" width="6.5" height="13" rx="0.75" className="fill-accent" />
      <rect x="8.5" y="1.5" width="6.5" height="13" rx="0.75" className="fill-accent opacity-40" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="inline-flex items-center gap-2 text-sm font-semibold tracking-tight">
      <Logo />
      Lockstep
    </span>
  );
}
