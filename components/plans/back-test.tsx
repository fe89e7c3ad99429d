"use client";

import { useState } from "react";
import { type BackTestAnswer, BackTestResult } from "#components/plans/back-test-result";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { ErrorState } from "#components/ui/error-state";
import { Select } from "#components/ui/select";
import { Skeleton } from "#components/ui/skeleton";
import { callApi, type Problem } from "#lib/web/call-api";

type State =
  | { at: "idle" | "asking" }
  | { at: "failed"; problem: Problem }
  | { at: "done"; answer: BackTestAnswer };

const spans = [1, 3, 6, 12].map((months) => ({
  value: String(months),
  label: months === 1 ? "last month" : `last ${months} months`,
}));

/** Tries a version on what its plan's real subscribers paid, before anybody is sold it. */
export function BackTest({ versionId }: { versionId: string }) {
  const [months, setMonths] = useState("3");
  const [state, setState] = useState<State>({ at: "idle" });
  const ask = async () => {
    setState({ at: "asking" });
    const path = `/api/v1/admin/plans/versions/${versionId}/back-test?months=${months}` as const;
    const answer = await callApi<BackTestAnswer>("GET", path);
    setState(
      answer.ok ? { at: "done", answer: answer.value } : { at: "failed", problem: answer.problem },
    );
  };
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
        <Button variant="secondary" isPending={state.at === "asking"} onPress={ask}>
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
            {state.problem.detail} Your draft is as it was.
          </ErrorState>
        )}
        {state.at === "done" && <BackTestResult of={state.answer} />}
      </div>
    </Card>
  );
}
