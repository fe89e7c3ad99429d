"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";

type Column = { readonly label: string; readonly height: number; readonly said: string };
export type UsagePlotProps = { bars: readonly Column[]; sayHeight: (height: number) => string };

const tick = { fill: "var(--muted)", fontSize: 11 };

/** The bars themselves, for the eye only: the table beside them says the same, exactly. */
export function UsagePlot({ bars, sayHeight }: UsagePlotProps) {
  return (
    <ResponsiveContainer width="100%" height={224}>
      <BarChart
        data={[...bars]}
        accessibilityLayer={false}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      >
        <CartesianGrid stroke="var(--separator)" vertical={false} />
        <XAxis
          dataKey="label"
          tick={tick}
          tickLine={false}
          minTickGap={24}
          axisLine={{ stroke: "var(--border)" }}
        />
        <YAxis
          tickFormatter={sayHeight}
          tick={tick}
          tickLine={false}
          axisLine={false}
          width="auto"
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--default)", fillOpacity: 0.5 }}
          content={({ active, payload }) => {
            const bar = payload?.[0]?.payload as Column | undefined;
            if (!active || !bar) return null;
            return (
              <p className="rounded-lg border border-border bg-overlay px-2 py-1 text-xs tabular-nums">
                {bar.label}: <span className="font-medium">{bar.said}</span>
              </p>
            );
          }}
        />
        <Bar
          dataKey="height"
          fill="var(--plot-1)"
          maxBarSize={28}
          radius={[2, 2, 0, 0]}
          isAnimationActive={false}
        />
      </BarChart>
    </ResponsiveContainer>
  );
}
