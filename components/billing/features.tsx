import { Check } from "lucide-react";
import type { Feature } from "#lib/catalog/plan";

/** What a plan gives, line by line. */
export function Features({ of }: { of: readonly Feature[] }) {
  return (
    <ul className="grid gap-1.5">
      {of.map(({ key, name }) => (
        <li key={key} className="flex items-start gap-2">
          <Check aria-hidden className="mt-1 size-3 shrink-0 text-accent" />
          {name}
        </li>
      ))}
    </ul>
  );
}
