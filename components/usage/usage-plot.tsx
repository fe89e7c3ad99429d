"use client";

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from "recharts";
import { PlotNote, plotAxes } from "#components/charts/plot-parts";

type Column = { readonly label: string; readonly height: number; readonly said: string };
export type UsagePlotProps = { bars: readonly Column[]; sayHeight: (height: number) => string };

/** The bars themselves, for the eye only: the table beside them says the same, exactly. */
export function UsagePlot({ bars, sayHeight }: UsagePlotProps) {
  return (
    <ResponsiveContainer width="100%" height={224}>
      <BarChart
        data={[...bars]}
        accessibilityLayer={false}
        margin={{ top: 8, right: 8, bottom: 0, left: 0 }}
      >
        <CartesianGrid {...plotAxes.grid} />
        <XAxis {...plotAxes.across} dataKey="label" minTickGap={24} />
        <YAxis {...plotAxes.up} tickFormatter={sayHeight} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ fill: "var(--default)", fillOpacity: 0.5 }}
          content={({ active, payload }) => {
            const bar = payload?.[0]?.payload as Column | undefined;
            if (!active || !bar) return null;
            return <PlotNote label={bar.label} figure={bar.said} />;
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
