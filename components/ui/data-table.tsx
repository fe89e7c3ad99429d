// biome-ignore-all lint/a11y/noRedundantRoles: a table laid out as blocks loses its roles
import Link from "next/link";
import { Suspense } from "react";
import { Pagination } from "#components/ui/pagination";

export type Column<Row> = {
  readonly header: string;
  /** The header is heard but not seen: the cells, such as buttons, speak for themselves. */
  readonly hideHeader?: boolean;
  readonly cell: (row: Row) => React.ReactNode;
  /** Figures and actions end their column. */
  readonly align?: "end";
  readonly hideOnPhone?: boolean;
};

type Props<Row> = {
  /** Names the table for those who hear it; shown only where a card does not already. */
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Where a row leads; the first cell carries the link and the whole row takes the click. */
  rowHref?: (row: Row) => string | undefined;
  /** What to show where there are no rows. */
  empty: React.ReactNode;
  /** The cursor of the next page, as the read returned it. */
  next?: string | null | undefined;
};

/** A table that reads on a phone too, where each row becomes a block of named lines. */
export function DataTable<Row>(props: Props<Row>) {
  const { caption, columns, rows, rowKey, empty, next } = props;
  if (rows.length === 0 && !next) return <>{empty}</>;
  return (
    <>
      <div className="overflow-x-auto">
        <table role="table" className="stacks w-full border-collapse text-start">
          <caption className="sr-only">{caption}</caption>
          <thead role="rowgroup">
            <tr role="row" className="border-b border-separator">
              {columns.map((column) => (
                <th
                  key={column.header}
                  role="columnheader"
                  scope="col"
                  className={`h-9 px-3 text-2xs font-medium tracking-wide whitespace-nowrap text-muted uppercase first:ps-4 last:pe-4 ${alignOf(column)}`}
                >
                  <span className={column.hideHeader ? "sr-only" : undefined}>{column.header}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {rows.map((row) => (
              <TableRow key={rowKey(row)} row={row} {...props} />
            ))}
          </tbody>
        </table>
      </div>
      <Suspense>
        <Pagination caption={caption} next={next ?? undefined} />
      </Suspense>
    </>
  );
}

function TableRow<Row>({ row, columns, rowHref }: Props<Row> & { row: Row }) {
  const href = rowHref?.(row);
  const tint = href ? "hover:bg-default/40 has-[a:focus-visible]:bg-default/40" : "";
  return (
    <tr role="row" className={`relative border-b border-separator last:border-b-0 ${tint}`}>
      {columns.map((column, index) => (
        <td
          key={column.header}
          role="cell"
          data-label={column.hideHeader ? undefined : column.header}
          className={`h-10 px-3 py-2 first:ps-4 last:pe-4 ${alignOf(column)} ${column.hideOnPhone ? "is-desktop-only" : ""}`}
        >
          {href && index === 0 ? (
            <Link href={href} className="font-medium after:absolute after:inset-0">
              {column.cell(row)}
            </Link>
          ) : (
            column.cell(row)
          )}
        </td>
      ))}
    </tr>
  );
}

function alignOf<Row>({ align }: Column<Row>): string {
  return align === "end" ? "text-end" : "text-start";
}
