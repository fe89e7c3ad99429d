"use client";

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { checkDraft, type DraftSurroundings } from "#components/plans/check-draft";
import { toBody, toForm } from "#components/plans/draft-body";
import type { DraftForm } from "#components/plans/draft-form";
import { forgetDraft, keepDraft } from "#components/plans/kept-draft";
import { useSubmit } from "#components/ui/use-submit";
import type { DraftInput } from "#lib/catalog/input";
import { callApi, type Problem } from "#lib/web/call-api";

export type DraftSource = { versionId: string; draft: DraftInput; about: DraftSurroundings };

const lookEveryMs = 15_000;

/**
 * A draft while it is edited: what is typed, what is wrong with it, and whether it is saved. What
 * is typed is never given up for an answer of the server.
 */
export function useDraft({ versionId, draft, about }: DraftSource) {
  const path = `/api/v1/admin/plans/versions/${versionId}` as const;
  const [form, setForm] = useState(() => toForm(draft));
  const [saved, setSaved] = useState(form);
  const [revision, setRevision] = useState(draft.revision);
  const [isTried, setTried] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const { submit, isPending, problem, fieldErrors, reset } = useSubmit<{ revision: number }>({
    method: "PUT",
    path,
  });
  const problems = useMemo(() => checkDraft(form, about), [form, about]);
  const isDirty = form !== saved;
  useGuard(isDirty);
  const theirs = useOthers(path, revision, isPending);

  const change = (next: DraftForm) => {
    setForm(next);
    reset();
    keepDraft(versionId, { revision, at: new Date().toISOString(), form: next });
  };
  /** True once the server has it. `over`: the revision to write over, where that is not ours. */
  const save = async (over?: number): Promise<boolean> => {
    setTried(true);
    if (problems.some(({ blocks }) => blocks === "save")) return false;
    const answer = await submit({ ...toBody(form), revision: over ?? revision });
    if (!answer?.ok) return false;
    setRevision(answer.value.revision);
    setSaved(form);
    forgetDraft(versionId);
    return true;
  };
  const shown = problems.filter(({ field }) => isTried || touched.has(field));
  return {
    ...{ form, change, save, isPending, isDirty, isTried, problems, revision },
    problem: isConflict(problem) ? undefined : problem,
    isOvertaken: isConflict(problem) || theirs > revision,
    errors: { ...Object.fromEntries(shown.map((one) => [one.field, one.message])), ...fieldErrors },
    touch: (field: string) => field && setTouched((before) => new Set(before).add(field)),
  };
}

export type Draft = ReturnType<typeof useDraft>;

function isConflict(problem: Problem | undefined): boolean {
  return problem?.status === 409 && problem.field === "revision";
}

/** The browser asks before it leaves what is not saved. */
function useGuard(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isDirty]);
}

/** The newest revision anybody saved, looked at now and then while the page is looked at. */
function useOthers(path: `/api/v1/${string}`, revision: number, isBusy: boolean): number {
  const [newest, setNewest] = useState(revision);
  const busy = useRef(isBusy);
  busy.current = isBusy;
  const look = useCallback(async () => {
    if (busy.current || document.visibilityState !== "visible") return;
    const found = await newestRevision(path);
    if (found !== undefined && !busy.current) setNewest(found);
  }, [path]);
  useEffect(() => {
    const timer = setInterval(look, lookEveryMs);
    return () => clearInterval(timer);
  }, [look]);
  return newest;
}

/** The revision the server holds now; undefined where it could not be asked. */
export async function newestRevision(path: `/api/v1/${string}`): Promise<number | undefined> {
  const answer = await callApi<{ draft: { revision: number } }>("GET", path);
  return answer.ok ? answer.value.draft.revision : undefined;
}
