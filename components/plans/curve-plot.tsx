"use client";

import {
  Area,
  AreaChart,
  CartesianGrid,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from "recharts";
import { PlotNote, plotAxes } from "#components/charts/plot-parts";

type Point = { readonly quantity: number; readonly amount: number };

export type CurvePlotProps = {
  points: readonly Point[];
  /** The quantity that is looked at, and what it costs. */
  at: Point;
  sayQuantity: (quantity: number) => string;
  sayAmount: (amount: number) => string;
};

/**
 * The curve itself, for the eye only: the table beside it says the same. Its places are numbers of
 * the screen; what it is told to say is exact.
 */
export function CurvePlot({ points, at, sayQuantity, sayAmount }: CurvePlotProps) {
  return (
    <ResponsiveContainer width="100%" height={224}>
      <AreaChart
        data={[...points]}
        accessibilityLayer={false}
        margin={{ top: 12, right: 12, bottom: 0, left: 0 }}
      >
        <CartesianGrid {...plotAxes.grid} />
        <XAxis
          {...plotAxes.across}
          dataKey="quantity"
          type="number"
          domain={[0, "dataMax"]}
          tickFormatter={sayQuantity}
        />
        <YAxis {...plotAxes.up} tickFormatter={sayAmount} />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--border)" }}
          content={({ active, payload }) => {
            const point = payload?.[0]?.payload as Point | undefined;
            if (!active || !point) return null;
            return (
              <PlotNote label={sayQuantity(point.quantity)} figure={sayAmount(point.amount)} />
            );
          }}
        />
        <Area
          dataKey="amount"
          type="linear"
          stroke="var(--plot-1)"
          strokeWidth={2}
          fill="var(--plot-1)"
          fillOpacity={0.1}
          isAnimationActive={false}
          dot={false}
        />
        <ReferenceLine x={at.quantity} stroke="var(--muted)" strokeDasharray="3 3" />
        <ReferenceDot
          x={at.quantity}
          y={at.amount}
          r={4}
          fill="var(--plot-1)"
          stroke="var(--surface)"
          strokeWidth={2}
        />
      </AreaChart>
    </ResponsiveContainer>
  );
}
