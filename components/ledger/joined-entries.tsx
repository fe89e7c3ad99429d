import { Card } from "#components/ui/card";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { EntryName } from "#lib/ledger/read-entries";

type Props = { title: string; names: readonly EntryName[]; hrefOf: (id: bigint) => string };

/** Entries that one is joined to; nothing where there are none. */
export function JoinedEntries({ title, names, hrefOf }: Props) {
  if (names.length === 0) return null;
  return (
    <Card title={title}>
      <ul className="grid gap-2">
        {names.map(({ id, reference, kind, effectiveAt }) => (
          <li key={id.toString()} className="flex flex-wrap justify-between gap-x-4">
            <span className="min-w-0 break-all">
              <TextLink href={hrefOf(id)}>{reference}</TextLink>{" "}
              <span className="text-muted">{kind}</span>
            </span>
            <Moment at={effectiveAt} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
