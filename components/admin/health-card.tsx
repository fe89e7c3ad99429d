import { Card } from "#components/ui/card";
import { Status } from "#components/ui/status";
import { type Health, healthParts, type PartName } from "#lib/overview/get-health";

const names = {
  database: "Database",
  migrations: "Migrations",
  stripe: "Stripe",
  worker: "Worker",
  inbox: "Inbox",
  mail: "Mail",
} as const satisfies Record<PartName, string>;

/** Each part's state with what it means. Probes ask /api/health for the same. */
export function HealthCard({ health: { parts } }: { health: Health }) {
  return (
    <Card title="Parts" note="as /api/health answers them">
      <ul>
        {healthParts.map((name) => (
          <li
            key={name}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b border-separator py-2 last:border-b-0 last:pb-0"
          >
            <span className="w-20">
              <Status of={parts[name].state} />
            </span>
            <span className="w-24 font-medium">{names[name]}</span>
            <span className="min-w-0 flex-1 basis-48 text-muted">{parts[name].says}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
