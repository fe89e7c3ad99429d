import { Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import { type AuditEntry, platformChain } from "#lib/tenancy/audit-entry";

/** What an entry changed, column by column, and where it came from. */
export function AuditChange({ entry }: { entry: AuditEntry }) {
  const before = columnsOf(entry.before);
  const after = columnsOf(entry.after);
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return (
    <div className="grid gap-x-8 gap-y-4 px-4 pt-1 pb-4 sm:ps-10 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="overflow-x-auto">
        <table className="w-full text-xs">
          <caption className="sr-only">What changed</caption>
          <thead>
            <tr className="border-b border-separator text-muted">
              <th scope="col" className="py-1 pe-4 text-start font-medium">
                Column
              </th>
              <th scope="col" className="py-1 pe-4 text-start font-medium">
                Before
              </th>
              <th scope="col" className="py-1 text-start font-medium">
                After
              </th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => (
              <tr key={name} className="border-b border-separator align-top last:border-b-0">
                <th scope="row" className="py-1 pe-4 text-start font-normal whitespace-nowrap">
                  {name}
                </th>
                <Value of={before} name={name} />
                <Value of={after} name={name} />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <AuditOrigin entry={entry} />
    </div>
  );
}

function AuditOrigin({ entry }: { entry: AuditEntry }) {
  const { chain, sequence, at, action, targetId, ip, userAgent, traceId } = entry;
  return (
    <div className="text-xs">
      <Facts>
        <Fact label="Action">
          <code className="font-mono break-all">{action}</code>
        </Fact>
        <Fact label="On">
          <CopyableId id={targetId} />
        </Fact>
        <Fact label="Log">
          {chain === platformChain ? (
            "the platform's"
          ) : (
            <TextLink href={`/admin/tenants/${chain}`}>the tenant's</TextLink>
          )}
          {`, entry ${sequence.toLocaleString("en")}`}
        </Fact>
        <Fact label="When">
          <Moment at={at} as="exact" />
        </Fact>
        {ip && <Fact label="From">{ip}</Fact>}
        {userAgent && (
          <Fact label="With">
            <span className="line-clamp-2 break-words" title={userAgent}>
              {userAgent}
            </span>
          </Fact>
        )}
        <Fact label="Trace">
          <CopyableId id={traceId} />
        </Fact>
      </Facts>
    </div>
  );
}

type Columns = Readonly<Record<string, unknown>>;

function columnsOf(row: unknown): Columns {
  return typeof row === "object" && row !== null ? (row as Columns) : {};
}

function Value({ of, name }: { of: Columns; name: string }) {
  const value = of[name];
  return (
    <td className="py-1 pe-4 font-mono break-all">
      {value === undefined || value === null ? (
        <span className="text-muted">–</span>
      ) : typeof value === "string" ? (
        value
      ) : (
        JSON.stringify(value)
      )}
    </td>
  );
}
