"use client";

import { useEffect, useState } from "react";
import type { PreviewedSeats } from "#lib/seats/preview-seats";
import { callApi, type Problem } from "#lib/web/call-api";

/** What JSON makes of it: instants and whole numbers are text. */
type Sent<T> = T extends Date | bigint
  ? string
  : T extends readonly (infer Item)[]
    ? Sent<Item>[]
    : T extends object
      ? { [Key in keyof T]: Sent<T[Key]> }
      : T;
export type SeatPreview = Sent<PreviewedSeats>;

type State = { seats: number; preview?: SeatPreview; problem?: Problem };

/** Longer than between two presses of a stepper. */
const pauseMs = 250;

/** What so many seats would cost, asked again as the number changes. Null asks nothing. */
export function useSeatPreview(slug: string, seats: number | null) {
  const [state, setState] = useState<State>();
  useEffect(() => {
    if (seats === null) return;
    const abort = new AbortController();
    const ask = async () => {
      const path = `/api/v1/tenants/${slug}/seats/preview` as const;
      const answer = await callApi<SeatPreview>("POST", path, { seats }, abort.signal);
      if (abort.signal.aborted) return;
      setState(answer.ok ? { seats, preview: answer.value } : { seats, problem: answer.problem });
    };
    const timer = setTimeout(() => void ask(), pauseMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [slug, seats]);
  const isCurrent = state !== undefined && state.seats === seats;
  return {
    preview: isCurrent ? state.preview : undefined,
    problem: isCurrent ? state.problem : undefined,
    isLoading: seats !== null && !isCurrent,
  };
}
