"use client";

import { Modal } from "@heroui/react/modal";
import { useRouter } from "next/navigation";
import { useFormatter } from "next-intl";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { TextField } from "#components/ui/text-field";
import { useSubmit } from "#components/ui/use-submit";
import type { RunCount } from "#lib/events/count-run";
import type { InboxAct, RunFilter } from "#lib/events/inbox-run";
import { callApi, type Problem } from "#lib/web/call-api";

type Props = { act: InboxAct; filter: RunFilter; which: string; onClose: () => void };
type Counted = Omit<RunCount, "asOf"> & { asOf: string };

const words = {
  replay: {
    verb: "Replay",
    effect:
      "Each goes back to the inbox and its object takes the state Stripe has now. What arrives meanwhile goes first, and what already happened does not happen again.",
  },
  discard: {
    verb: "Discard",
    effect:
      "None of them is tried again. They stay in the inbox with your reason, and can still be replayed.",
  },
} as const satisfies Record<InboxAct, object>;

/** Counts first, says what will happen, has the phrase typed where many are meant, then does it. */
export function BulkQuestion({ act, filter, which, onClose }: Props) {
  const router = useRouter();
  const [key] = useState(() => crypto.randomUUID());
  const [reason, setReason] = useState("");
  const [typed, setTyped] = useState("");
  const { counted, failed } = useCount(act, filter);
  const { submit, isPending, problem } = useSubmit({
    path: "/api/v1/admin/events/runs",
    onDone: () => router.push("/admin/events/runs"),
  });
  const { verb, effect } = words[act];
  const phrase = counted?.phrase ?? null;
  const isReady =
    counted !== undefined &&
    counted.count > 0 &&
    (phrase === null || typed.trim().toLowerCase() === phrase) &&
    (act === "replay" || reason.trim().length >= 3);
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    if (!counted || !isReady) return;
    const confirmed = { ...(phrase && { typed }), ...(act === "discard" && { reason }) };
    void submit({ act, filter, key, asOf: counted.asOf, ...confirmed });
  };
  return (
    <Modal.Backdrop isOpen onOpenChange={(isOpen) => !isOpen && !isPending && onClose()}>
      <Modal.Container size="sm">
        <Modal.Dialog>
          <Modal.CloseTrigger />
          <Modal.Header>
            <Modal.Heading>{`${verb} ${which}?`}</Modal.Heading>
          </Modal.Header>
          <form method="post" onSubmit={send} noValidate>
            <Modal.Body>
              <div className="grid gap-3 p-0.5 pt-2">
                <Matches counted={counted} />
                {counted?.count !== 0 && <p>{effect}</p>}
                {act === "discard" && (
                  <TextField
                    name="reason"
                    label="Why"
                    isRequired
                    maxLength={500}
                    onChange={setReason}
                  />
                )}
                {phrase && (
                  <TextField
                    name="typed"
                    label={`Type “${phrase}” to go on`}
                    autoComplete="off"
                    isRequired
                    onChange={setTyped}
                  />
                )}
                <ProblemAlert problem={problem ?? failed} />
              </div>
            </Modal.Body>
            <Modal.Footer>
              <Button variant="secondary" onPress={onClose}>
                Cancel
              </Button>
              <Button
                type="submit"
                variant={act === "discard" ? "danger" : "primary"}
                isPending={isPending}
                isDisabled={!isReady}
              >
                {verb}
              </Button>
            </Modal.Footer>
          </form>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}

/** Counted once, as the dialog opens; the act is bound to the instant of that count. */
function useCount(act: InboxAct, filter: RunFilter) {
  const [counted, setCounted] = useState<Counted>();
  const [failed, setFailed] = useState<Problem>();
  // A filter made anew by its page is the same filter.
  const asked = JSON.stringify({ act, filter });
  useEffect(() => {
    const left = new AbortController();
    const path = "/api/v1/admin/events/count";
    void callApi<Counted>("POST", path, JSON.parse(asked), left.signal).then((answer) => {
      if (left.signal.aborted) return;
      if (answer.ok) setCounted(answer.value);
      else setFailed(answer.problem);
    });
    return () => left.abort();
  }, [asked]);
  return { counted, failed };
}

function Matches({ counted }: { counted: Counted | undefined }) {
  const format = useFormatter();
  if (!counted) return <p role="status">Counting…</p>;
  const { count, isMore } = counted;
  const figure = isMore ? `More than ${format.number(count - 1)}` : format.number(count);
  const said = count === 0 ? "No event matches." : `${figure} ${count === 1 ? "event" : "events"}.`;
  return (
    <p role="status" className="text-lg leading-6 font-semibold tabular-nums">
      {said}
    </p>
  );
}
