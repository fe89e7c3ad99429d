const tick = { fill: "var(--muted)", fontSize: 11 };

/** What every plot's axes and grid look like: hairlines, and small figures. */
export const plotAxes = {
  grid: { stroke: "var(--separator)", vertical: false },
  across: { tick, tickLine: false, axisLine: { stroke: "var(--border)" } },
  up: { tick, tickLine: false, axisLine: false, width: "auto" },
} as const;

/** What a plot says of the place one points at. */
export function PlotNote({ label, figure }: { label: string; figure: string }) {
  return (
    <p className="rounded-lg border border-border bg-overlay px-2 py-1 text-xs tabular-nums">
      {label}: <span className="font-medium">{figure}</span>
    </p>
  );
}
