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

type Point = { readonly quantity: number; readonly amount: number };

export type CurvePlotProps = {
  points: readonly Point[];
  /** The quantity that is looked at, and what it costs. */
  at: Point;
  sayQuantity: (quantity: number) => string;
  sayAmount: (amount: number) => string;
};

const tick = { fill: "var(--muted)", fontSize: 11 };

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
        <CartesianGrid stroke="var(--separator)" vertical={false} />
        <XAxis
          dataKey="quantity"
          type="number"
          domain={[0, "dataMax"]}
          tickFormatter={sayQuantity}
          tick={tick}
          tickLine={false}
          axisLine={{ stroke: "var(--border)" }}
        />
        <YAxis
          tickFormatter={sayAmount}
          tick={tick}
          tickLine={false}
          axisLine={false}
          width="auto"
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: "var(--border)" }}
          content={({ active, payload }) => {
            const point = payload?.[0]?.payload as Point | undefined;
            if (!active || !point) return null;
            return (
              <p className="rounded-lg border border-border bg-overlay px-2 py-1 text-xs tabular-nums">
                {sayQuantity(point.quantity)}:{" "}
                <span className="font-medium">{sayAmount(point.amount)}</span>
              </p>
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
