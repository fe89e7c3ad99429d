"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmDialog } from "#components/ui/confirm-dialog";
import { NumberField } from "#components/ui/number-field";
import type { GracePolicyRow } from "#lib/entitlements/grace-policies";

/** What happens when a payment fails, of the platform or of one plan version. */
export function GracePolicyDialog({ row }: { row: GracePolicyRow }) {
  const router = useRouter();
  const [graceDays, setDays] = useState(row.graceDays);
  const [keeps, setKeeps] = useState<readonly string[]>(row.keeps);
  const toggle = (key: string, isKept: boolean) =>
    setKeeps((last) => (isKept ? [...last, key] : last.filter((one) => one !== key)));
  return (
    <ConfirmDialog
      trigger="Change"
      triggerVariant="ghost"
      triggerLabel={`Change what happens when a payment for ${row.name} fails`}
      title={`When a payment fails: ${row.name}`}
      effect={
        <div className="grid gap-3 p-0.5 pt-2">
          <NumberField
            name="graceDays"
            label="Days of grace"
            description="In which everything goes on as it was."
            min={0}
            max={365}
            value={graceDays}
            onChange={(value) => setDays(Number.isInteger(value) ? value : 0)}
          />
          <fieldset className="grid gap-1.5">
            <legend className="mb-1 font-medium">What stays after that, beside what is free</legend>
            {row.features.map(({ key, name }) => (
              <label key={key} className="flex items-center gap-2">
                <input
                  type="checkbox"
                  name="keeps"
                  value={key}
                  checked={keeps.includes(key)}
                  onChange={({ target }) => toggle(key, target.checked)}
                  className="size-4 accent-accent"
                />
                {name}
              </label>
            ))}
          </fieldset>
          <p>Whoever is behind already is reckoned by the new rules within a minute.</p>
        </div>
      }
      confirm="Set the rules"
      path={`/api/v1/admin/grace-policies/${row.id}`}
      method="PUT"
      body={{ graceDays, keeps }}
      onDone={() => router.refresh()}
    />
  );
}
