import Link from "next/link";
import { Stakes } from "#components/admin/stakes";
import type { Column } from "#components/ui/data-table";
import { Moment } from "#components/ui/moment";
import type { SimulatedRow } from "#lib/overview/simulate-requirements";

const shown = 4;

/** Whom it would hit, with what. */
export const simulationColumns: Column<SimulatedRow>[] = [
  {
    header: "Tenant",
    cell: ({ tenant: { id, name } }) => <Link href={`/admin/tenants/${id}`}>{name}</Link>,
  },
  {
    header: "What would be missing",
    cell: ({ missing }) => (
      <ul className="grid max-w-96 min-w-0 text-start">
        {missing.slice(0, shown).map(({ description, name, by, isFuture }) => (
          <li key={`${description} ${isFuture}`} className="wrap-anywhere">
            {name}
            <span className="text-xs text-muted">
              {isFuture && " · coming rule"}
              {by && (
                <>
                  {" · by "}
                  <Moment at={by} as="date" />
                </>
              )}
            </span>
          </li>
        ))}
        {missing.length > shown && (
          <li className="text-xs text-muted">{`and ${missing.length - shown} more`}</li>
        )}
      </ul>
    ),
  },
  {
    header: "What would stop",
    cell: ({ stops }) => (stops.length > 0 ? stops.join(", ") : "nothing yet"),
  },
  { header: "Taken in 30 days", cell: ({ amounts }) => <Stakes of={amounts} />, align: "end" },
];
