"use client";

import { useId } from "react";

type Props = {
  label: string;
  value: bigint;
  most: bigint;
  onChange: (value: bigint) => void;
};

/** A quantity, typed or drawn: one value, two ways. */
export function QuantityField({ label, value, most, onChange }: Props) {
  const id = useId();
  return (
    <div className="grid gap-1.5">
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="min-w-0 truncate">
          {label}
        </label>
        <input
          id={id}
          inputMode="numeric"
          value={String(value)}
          onChange={(event) => onChange(read(event.target.value))}
          className="input input--primary h-8 w-32 text-end tabular-nums"
        />
      </div>
      <input
        type="range"
        aria-label={`${label}, as a slider`}
        min={0}
        max={Number(most)}
        step={Number(most / 200n || 1n)}
        value={Number(value > most ? most : value)}
        onChange={(event) => onChange(BigInt(event.target.value))}
        className="h-6 w-full cursor-pointer accent-accent"
      />
    </div>
  );
}

/** Digits only: anything else typed is as if it were not. A trillion is where looking ends. */
function read(text: string): bigint {
  const digits = text.replace(/\D/g, "").slice(0, 12);
  return digits ? BigInt(digits) : 0n;
}
