"use client";

import { useCallback, useRef, useState } from "react";
import { type Answer, callApi, fieldErrorsOf, type Problem } from "#lib/web/call-api";

export type ApiPath = `/api/v1/${string}`;
export type WriteMethod = "POST" | "PUT" | "PATCH" | "DELETE";

/**
 * One write to our API. While it is under way a second press does nothing; `isPending` stays until
 * `onDone` has finished, so that nobody presses again while the next page loads.
 */
export function useSubmit<T = unknown>(options: {
  method?: WriteMethod;
  path: ApiPath;
  onDone?: (answer: T) => void | Promise<void>;
}) {
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  // State is too late for two clicks in one frame.
  const isBusy = useRef(false);
  const { method = "POST", path, onDone } = options;

  const submit = useCallback(
    async (body?: unknown): Promise<Answer<T> | undefined> => {
      if (isBusy.current) return undefined;
      isBusy.current = true;
      setPending(true);
      setProblem(undefined);
      try {
        const answer = await callApi<T>(method, path, body);
        if (answer.ok) await onDone?.(answer.value);
        else setProblem(answer.problem);
        return answer;
      } finally {
        isBusy.current = false;
        setPending(false);
      }
    },
    [method, path, onDone],
  );

  return {
    submit,
    isPending,
    problem,
    fieldErrors: problem ? fieldErrorsOf(problem) : {},
    reset: useCallback(() => setProblem(undefined), []),
  };
}
