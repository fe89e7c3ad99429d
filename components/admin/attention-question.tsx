"use client";

import { Modal } from "@heroui/react/modal";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { AttentionRows } from "#components/admin/attention-rows";
import { Button } from "#components/ui/button";
import { ProblemAlert } from "#components/ui/form";
import { TextField } from "#components/ui/text-field";
import { useSubmit } from "#components/ui/use-submit";
import type { BulkAct, BulkRow } from "#lib/connect/bulk";
import type { Flow } from "#lib/connect/hold";
import { callApi, type Problem } from "#lib/web/call-api";

type Props = { act: BulkAct; tenantIds: readonly string[]; onClose: () => void };

const words = {
  remind: { title: "Remind of what Stripe asks?", verb: "Remind", label: null },
  hold: { title: "Stop payments or payouts?", verb: "Stop", label: "Why (the workspaces read it)" },
  release: {
    title: "Release holds?",
    verb: "Release",
    label: "What changed (the workspaces read it)",
  },
} as const satisfies Record<BulkAct, object>;

/** Says who is touched and how, lets some be left out, asks once, and then says what was done. */
export function AttentionQuestion({ act, tenantIds, onClose }: Props) {
  const router = useRouter();
  const [key] = useState(() => crypto.randomUUID());
  const { rows, failed } = usePreview(act, tenantIds);
  const [out, setOut] = useState<ReadonlySet<string>>(new Set());
  const [stops, setStops] = useState<readonly Flow[]>(["payouts"]);
  const [text, setText] = useState("");
  const [done, setDone] = useState<readonly BulkRow[]>();
  const { submit, isPending, problem } = useSubmit<{ rows: BulkRow[] }>({
    path: "/api/v1/admin/attention/act",
    onDone: (answer) => {
      setDone(answer.rows);
      router.refresh();
    },
  });
  const { title, verb, label } = words[act];
  const chosen = (rows ?? []).filter((row) => row.isTouched && !out.has(row.tenantId));
  const isReady = chosen.length > 0 && (label === null || text.trim().length >= 10);
  const send = (event: React.FormEvent) => {
    event.preventDefault();
    if (!isReady) return;
    const extra = { ...(act === "hold" && { stops }), ...(label !== null && { text }) };
    void submit({ act, key, tenantIds: chosen.map(({ tenantId }) => tenantId), ...extra });
  };
  return (
    <Modal.Backdrop isOpen onOpenChange={(isOpen) => !isOpen && !isPending && onClose()}>
      <Modal.Container size="sm">
        <Modal.Dialog>
          <Modal.CloseTrigger />
          <Modal.Header>
            <Modal.Heading>{done ? "Done" : title}</Modal.Heading>
          </Modal.Header>
          <form method="post" onSubmit={send} noValidate>
            <Modal.Body>
              <div className="grid gap-3 p-0.5 pt-2">
                <AttentionRows rows={done ?? rows} out={out} onOut={done ? undefined : setOut} />
                {!done && act === "hold" && <Flows chosen={stops} onChange={setStops} />}
                {!done && label && (
                  <TextField
                    name="text"
                    label={label}
                    isRequired
                    maxLength={1_000}
                    onChange={setText}
                  />
                )}
                <ProblemAlert problem={problem ?? failed} />
              </div>
            </Modal.Body>
            <Modal.Footer>
              <Button variant="secondary" onPress={onClose}>
                {done ? "Close" : "Cancel"}
              </Button>
              {!done && (
                <Button
                  type="submit"
                  variant={act === "hold" ? "danger" : "primary"}
                  isPending={isPending}
                  isDisabled={!isReady || (act === "hold" && stops.length === 0)}
                >
                  {`${verb} ${chosen.length}`}
                </Button>
              )}
            </Modal.Footer>
          </form>
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}

function usePreview(act: BulkAct, tenantIds: readonly string[]) {
  const [rows, setRows] = useState<readonly BulkRow[]>();
  const [failed, setFailed] = useState<Problem>();
  // The same tenants in another list are the same question.
  const asked = JSON.stringify({ act, tenantIds });
  useEffect(() => {
    const left = new AbortController();
    const path = "/api/v1/admin/attention/preview";
    void callApi<{ rows: BulkRow[] }>("POST", path, JSON.parse(asked), left.signal).then(
      (answer) => {
        if (left.signal.aborted) return;
        if (answer.ok) setRows(answer.value.rows);
        else setFailed(answer.problem);
      },
    );
    return () => left.abort();
  }, [asked]);
  return { rows, failed };
}

type FlowsProps = { chosen: readonly Flow[]; onChange: (chosen: readonly Flow[]) => void };

/** What a hold stops: payments, payouts, or both. */
export function Flows({ chosen, onChange }: FlowsProps) {
  const names = { payments: "New payments", payouts: "Payouts" } as const;
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1 font-medium">What stops</legend>
      {(["payments", "payouts"] as const).map((flow) => (
        <label key={flow} className="flex items-center gap-2">
          <input
            type="checkbox"
            name="stops"
            value={flow}
            checked={chosen.includes(flow)}
            onChange={({ target }) =>
              onChange(target.checked ? [...chosen, flow] : chosen.filter((one) => one !== flow))
            }
            className="size-4 accent-accent"
          />
          {names[flow]}
        </label>
      ))}
    </fieldset>
  );
}
