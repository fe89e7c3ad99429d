"use client";

import { migratedStatuses, sayMigrated } from "#components/plans/migration-words";
import { Select } from "#components/ui/select";
import { useAddress } from "#components/ui/use-address";
import type { MigratedStatus } from "#lib/migrations/migration";

/** Which subscribers of a migration are shown. The address holds the choice. */
export function StatusChoice({ status }: { status: MigratedStatus | undefined }) {
  const { set } = useAddress();
  return (
    <div className="w-52 px-4 pb-3">
      <Select
        name="status"
        label="Show"
        value={status ?? "all"}
        onChange={(value) => set({ status: value === "all" ? "" : value, after: "" })}
        options={[
          { value: "all", label: "everybody" },
          ...migratedStatuses.map((value) => ({ value, label: sayMigrated(value) })),
        ]}
      />
    </div>
  );
}
