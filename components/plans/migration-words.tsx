import { Status, type Tone } from "#components/ui/status";
import type {
  MigratedStatus,
  MigrationStatus,
  MigrationView,
  Timing,
} from "#lib/migrations/migration";

const states: Record<MigrationStatus, { tone: Tone; word: string }> = {
  counting: { tone: "waiting", word: "dry run under way" },
  ready: { tone: "waiting", word: "ready to start" },
  running: { tone: "waiting", word: "running" },
  paused: { tone: "waiting", word: "paused" },
  finished: { tone: "good", word: "finished" },
  rolling_back: { tone: "waiting", word: "rolling back" },
  rolled_back: { tone: "quiet", word: "rolled back" },
  canceled: { tone: "quiet", word: "given up" },
};

/** How a migration stands. */
export function MigrationState({ of }: { of: MigrationStatus }) {
  const { tone, word } = states[of];
  return (
    <Status of={of} tone={tone}>
      {word}
    </Status>
  );
}

const migrated: Record<MigratedStatus, { tone: Tone; word: string }> = {
  pending: { tone: "quiet", word: "waiting" },
  moving: { tone: "waiting", word: "moving" },
  scheduled: { tone: "good", word: "moves at renewal" },
  moved: { tone: "good", word: "moved" },
  skipped: { tone: "quiet", word: "left out" },
  failed: { tone: "bad", word: "failed" },
  returning: { tone: "waiting", word: "on the way back" },
  rolled_back: { tone: "quiet", word: "back where it was" },
};

export const migratedStatuses = Object.keys(migrated) as MigratedStatus[];

export function sayMigrated(status: MigratedStatus): string {
  return migrated[status].word;
}

/** Where one subscriber stands. */
export function MigratedState({ of }: { of: MigratedStatus }) {
  const { tone, word } = migrated[of];
  return (
    <Status of={of} tone={tone}>
      {word}
    </Status>
  );
}

export const timings: Record<Timing, { label: string; description: string }> = {
  renewal: {
    label: "At each one's renewal",
    description: "Nobody is billed in between: the new price begins with the next period.",
  },
  now: {
    label: "At once",
    description:
      "The rest of each period is counted: what was paid is set against the new price. " +
      "Whoever has metered prices still moves at the renewal.",
  },
};

/** "Scale 1 → Scale 2" */
export function sayRoute({ from, to }: Pick<MigrationView, "from" | "to">): string {
  return `${from.planName} ${from.number} → ${to.planName} ${to.number}`;
}

/** True while something moves by itself, so that the page keeps looking. */
export function isMoving(status: MigrationStatus): boolean {
  return status === "counting" || status === "running" || status === "rolling_back";
}

/** How many are done with, whichever way. */
export function settledOf({ counts, status }: Pick<MigrationView, "counts" | "status">): number {
  if (status === "rolling_back" || status === "rolled_back") {
    return counts.rolled_back + counts.skipped + counts.pending;
  }
  return counts.scheduled + counts.moved + counts.skipped + counts.failed + counts.rolled_back;
}
