"use client";

import { useRouter } from "next/navigation";
import { useId, useRef, useState } from "react";
import { DateField } from "#components/plans/date-field";
import { Button } from "#components/ui/button";
import { Form, ProblemAlert, SubmitButton } from "#components/ui/form";
import { Select } from "#components/ui/select";
import { type Problem, sendFile } from "#lib/web/call-api";

export type BookChoice = { readonly value: string; readonly label: string };
type Props = { books: readonly BookChoice[] };

/** Has Stripe write a report of an account's time, and compares it. */
export function RequestReportForm({ books }: Props) {
  return (
    <Form
      path="/api/v1/admin/reconciliation/reports"
      toBody={({ book, from, to }) => ({ book, from: dayOf(from), to: dayOf(to) })}
      className="grid items-end gap-3 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_auto]"
      refresh
    >
      <Select name="book" label="Account" options={books} defaultValue={books[0]?.value ?? ""} />
      <DateField name="from" label="First day (UTC)" />
      <DateField name="to" label="Until before (UTC)" />
      <SubmitButton variant="secondary">Ask Stripe</SubmitButton>
    </Form>
  );
}

function dayOf(day: string | undefined): string {
  return day ? `${day}T00:00:00Z` : "";
}

const mostBytes = 200_000_000;
const tooLarge: Problem = {
  ...{ status: 413, code: "too_large", title: "Too large" },
  detail: "A file may have 200 MB at most. Ask Stripe for a shorter time.",
};

/** Takes a report as a file. It is sent as soon as it is chosen. */
export function UploadReport({ books }: Props) {
  const router = useRouter();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [book, setBook] = useState(books[0]?.value ?? "platform");
  const [isPending, setPending] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [read, setRead] = useState<number>();

  const send = async (chosen: File) => {
    if (chosen.size > mostBytes) {
      setProblem(tooLarge);
      return;
    }
    setPending(true);
    // Browsers name a CSV file's type by what is installed beside them.
    const file = new File([chosen], chosen.name, { type: "text/csv" });
    const query = new URLSearchParams({ book, name: chosen.name });
    const path = `/api/v1/admin/reconciliation/reports/file?${query}` as const;
    const answer = await sendFile<{ rows: number }>(path, file);
    setPending(false);
    setProblem(answer.ok ? undefined : answer.problem);
    setRead(answer.ok ? answer.value.rows : undefined);
    router.refresh();
  };
  return (
    <div className="grid gap-3">
      <ProblemAlert problem={problem} />
      <div className="grid items-end gap-3 sm:grid-cols-[minmax(0,1fr)_auto]">
        <Select name="book" label="Account" options={books} value={book} onChange={setBook} />
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          aria-labelledby={id}
          className="sr-only"
          onChange={(event) => {
            const chosen = event.target.files?.[0];
            event.target.value = "";
            if (chosen) void send(chosen);
          }}
        />
        <Button variant="secondary" isPending={isPending} onPress={() => input.current?.click()}>
          <span id={id}>Choose a CSV file</span>
        </Button>
      </div>
      <p role="status" className="text-xs text-muted">
        {read !== undefined && `${read} lines were read; they are compared within a minute.`}
      </p>
    </div>
  );
}
