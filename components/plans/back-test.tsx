"use client";

import { useCallback, useEffect, useState } from "react";
import { BackTestResult } from "#components/plans/back-test-result";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ErrorState } from "#components/ui/error-state";
import { Progress } from "#components/ui/meter";
import { Select } from "#components/ui/select";
import { Skeleton } from "#components/ui/skeleton";
import type { BackTestAnswer, BackTestRunView } from "#lib/migrations/back-test";
import { type Answer, callApi } from "#lib/web/call-api";

type State =
  | { at: "idle" | "asking" }
  | { at: "failed"; why: string }
  | { at: "running"; run: BackTestRunView }
  | { at: "done"; answer: BackTestAnswer };

const spans = [1, 3, 6, 12].map((months) => ({
  value: String(months),
  label: months === 1 ? "last month" : `last ${months} months`,
}));

/** Tries a version on what its plan's real subscribers paid, before anybody is sold it. */
export function BackTest({ versionId }: { versionId: string }) {
  const [months, setMonths] = useState("3");
  const path = `/api/v1/admin/plans/versions/${versionId}/back-test` as const;
  const [state, setState] = useState<State>({ at: "idle" });
  const show = useCallback((answer: Answer<BackTestRunView>) => {
    setState(answer.ok ? stateOf(answer.value) : { at: "failed", why: answer.problem.detail });
  }, []);
  const ask = async () => {
    setState({ at: "asking" });
    show(await callApi<BackTestRunView>("POST", path, { months: Number(months) }));
  };
  const isRunning = state.at === "running";
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(async () => show(await callApi("GET", path)), 1500);
    return () => clearInterval(timer);
  }, [isRunning, path, show]);
  return (
    <Card title="Back-test" note="what real subscribers would have paid" flush>
      <div className="flex flex-wrap items-end gap-3 px-4 pb-4">
        <div className="w-44">
          <Select
            name="months"
            label="On the"
            value={months}
            onChange={setMonths}
            options={spans}
          />
        </div>
        <Button variant="secondary" isPending={state.at === "asking" || isRunning} onPress={ask}>
          Try the saved draft
        </Button>
        <p className="basis-full text-xs text-muted">
          With the seats they paid for and what they used, by the same rater as the price above.
          Nobody is billed or told.
        </p>
      </div>
      <div aria-live="polite">
        {state.at === "asking" && (
          <div role="status" aria-label="Working it out" className="grid gap-2 px-4 pb-4">
            <Skeleton className="h-5 w-full" />
            <Skeleton className="h-5 w-full" />
            <Skeleton className="h-5 w-2/3" />
          </div>
        )}
        {state.at === "failed" && (
          <ErrorState title="It could not be worked out">
            {state.why} Your draft is as it was.
          </ErrorState>
        )}
        {state.at === "running" && (
          <div className="px-4 pb-4">
            <Progress
              label={`${state.run.done} of ${state.run.total} subscribers are looked at`}
              share={state.run.total > 0 ? state.run.done / state.run.total : 0}
            />
          </div>
        )}
        {state.at === "done" && <BackTestResult of={state.answer} />}
      </div>
    </Card>
  );
}

function stateOf(run: BackTestRunView): State {
  if (run.status === "finished" && run.result) return { at: "done", answer: run.result };
  if (run.status === "running") return { at: "running", run };
  return { at: "failed", why: run.error ?? "It stopped, and nobody knows why." };
}
