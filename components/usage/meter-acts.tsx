"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { TextField } from "#components/ui/text-field";
import type { MeterRow } from "#lib/usage/list-all-meters";

/** Renames a meter, stops it, or has it count again. */
export function MeterActs({ meter }: { meter: MeterRow }) {
  const router = useRouter();
  const [name, setName] = useState(meter.name);
  const { key, deactivatedAt } = meter;
  const isActive = deactivatedAt === null;
  const path = `/api/v1/admin/meters/${key}` as const;
  const onDone = () => router.refresh();
  return (
    <div className="flex flex-wrap justify-end gap-1">
      <ConfirmDialog
        trigger="Rename"
        triggerVariant="ghost"
        triggerLabel={`Rename ${meter.name}`}
        title={`Rename ${meter.name}`}
        effect={
          <div className="grid gap-3 p-0.5 pt-2">
            <TextField name="name" label="Name" value={name} onChange={setName} isRequired />
            <p>Its key stays {key}, so senders need not change. Stripe is told the new name.</p>
          </div>
        }
        confirm="Rename"
        path={path}
        method="PATCH"
        body={{ name }}
        onDone={onDone}
      />
      <ConfirmDialog
        trigger={isActive ? "Stop" : "Count again"}
        triggerVariant="ghost"
        triggerLabel={`${isActive ? "Stop" : "Count again"}: ${meter.name}`}
        title={isActive ? `Stop ${meter.name}?` : `Have ${meter.name} count again?`}
        effect={
          <p>
            {isActive
              ? "From now on its usage is refused, with a word why. What it counted stays. " +
                "A meter that a plan bills by cannot be stopped."
              : "From now on its usage is taken again."}
          </p>
        }
        confirm={isActive ? "Stop it" : "Count again"}
        isDangerous={isActive}
        path={`${path}/switch`}
        body={{ isActive: !isActive }}
        onDone={onDone}
      />
    </div>
  );
}
