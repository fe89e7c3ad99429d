"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { sayRoute } from "#components/plans/migration-words";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { Select } from "#components/ui/select";
import type { MigrationView } from "#lib/migrations/migration";
import { stageOf } from "#lib/migrations/migration";

type Props = {
  of: Pick<
    MigrationView,
    "id" | "from" | "to" | "status" | "timing" | "stagePercent" | "total" | "counts"
  >;
};

/** The ways on from here. Each says who is affected before it is done. */
export function MigrationActions({ of }: Props) {
  const { status, counts } = of;
  const waiting = counts.pending + counts.failed;
  const isOpen = status === "paused" || status === "finished";
  return (
    <>
      {(status === "counting" || status === "ready") && <GiveUp of={of} />}
      {status === "running" && <Pause of={of} />}
      {isOpen && counts.moved + counts.scheduled > 0 && <RollBack of={of} />}
      {status === "ready" && <Stage of={of} act="start" />}
      {isOpen && waiting > 0 && <Stage of={of} act="resume" />}
    </>
  );
}

const stages = [1, 5, 10, 25, 50, 100];

function Stage({ of, act }: Props & { act: "start" | "resume" }) {
  const router = useRouter();
  const ahead = stages.filter((percent) => percent > of.stagePercent || percent === 100);
  const [percent, setPercent] = useState(String(act === "start" ? 10 : (ahead[0] ?? 100)));
  const reach = stageOf(of.total, Number(percent));
  const verb = act === "start" ? "Start" : "Go on";
  return (
    <ConfirmDialog
      trigger={verb}
      title={`${verb}: ${sayRoute(of)}?`}
      effect={
        <div className="grid gap-3 p-0.5">
          <Select
            name="stagePercent"
            label="Move, then pause"
            value={percent}
            onChange={setPercent}
            options={ahead.map((value) => ({ value: String(value), label: `${value} %` }))}
          />
          <p>
            {reach === 1 ? "1 subscriber is" : `${reach.toLocaleString("en")} subscribers are`}{" "}
            moved in all, of {of.total.toLocaleString("en")}.{" "}
            {of.timing === "now"
              ? "Each is billed for the rest of its period at once."
              : "Each pays the new price from its next renewal; nobody is billed today."}{" "}
            You can pause at any time and lead everyone back.
          </p>
        </div>
      }
      confirm={verb}
      path={`/api/v1/admin/migrations/${of.id}/${act}`}
      body={{ stagePercent: Number(percent) }}
      onDone={() => router.refresh()}
    />
  );
}

function Pause({ of }: Props) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Pause"
      title="Pause this migration?"
      effect={<p>It stops after the subscriber of now. Who was moved stays moved.</p>}
      confirm="Pause"
      path={`/api/v1/admin/migrations/${of.id}/pause`}
      onDone={() => router.refresh()}
    />
  );
}

function RollBack({ of }: Props) {
  const router = useRouter();
  const { moved, scheduled } = of.counts;
  return (
    <ConfirmDialog
      trigger="Roll back"
      triggerVariant="ghost"
      title={`Lead everyone back to ${of.from.planName} ${of.from.number}?`}
      effect={
        <p>
          {moved > 0 && `${moved.toLocaleString("en")} were moved and return to their old price. `}
          {scheduled > 0 &&
            `${scheduled.toLocaleString("en")} wait for their renewal and simply stay. `}
          A migration that was rolled back is over; make a new one to try again.
        </p>
      }
      confirm="Roll back"
      isDangerous
      path={`/api/v1/admin/migrations/${of.id}/roll-back`}
      onDone={() => router.refresh()}
    />
  );
}

function GiveUp({ of }: Props) {
  const router = useRouter();
  return (
    <ConfirmDialog
      trigger="Give up"
      triggerVariant="ghost"
      title="Give this migration up?"
      effect={<p>Nobody was moved, and nobody will be. The dry run stays to be read.</p>}
      confirm="Give up"
      isDangerous
      path={`/api/v1/admin/migrations/${of.id}/cancel`}
      onDone={() => router.refresh()}
    />
  );
}
