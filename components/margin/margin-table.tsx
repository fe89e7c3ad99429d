import { movesHref } from "#components/margin/addresses";
import { narrowedHref } from "#components/margin/margin-bars";
import { Rate } from "#components/margin/rate";
import { Amount } from "#components/ui/amount";
import { type Column, DataTable } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { type Figure, figureNames, figures, type Weighed } from "#lib/margin/figures";
import type { Margin } from "#lib/margin/get-margin";
import { dimensions, type MarginQuery, none, type Sort } from "#lib/margin/input";

type Row = Weighed & { readonly id: string; readonly name: string; readonly key: string | null };

/** Every figure of every row, each leading to its moves; the last row is the sum of all. */
export function MarginTable({ query, of }: { query: MarginQuery; of: Margin }) {
  const { by, rows, others, total } = of;
  const shown: Row[] = [
    ...rows.map((row) => ({ ...row, id: `row ${row.key}` })),
    ...(others ? [{ ...others, id: "others", key: null, name: `${others.count} others` }] : []),
    { ...total, id: "all", key: null, name: "All" },
  ];
  return (
    <DataTable
      caption={`Margin by ${dimensions[by].label.toLowerCase()}`}
      columns={columnsOf(query, of)}
      rows={shown}
      rowKey={({ id }) => id}
      empty={null}
    />
  );
}

/** Those that are nothing for everyone are not in the way. */
const always: readonly Figure[] = ["volume", "fees", "plans", "processing", "disputes"];

function columnsOf(query: MarginQuery, of: Margin): Column<Row>[] {
  const { by, currency, rows, others, total } = of;
  const all: readonly Weighed[] = [...rows, ...(others ? [others] : []), total];
  const amount = (row: Row, figure: Sort) => {
    const text = <Amount of={{ minor: row[figure], currency }} />;
    if (row[figure] === 0n) return <span className="text-muted">{text}</span>;
    if (row.id === "others") return text;
    const only = row.key === null ? {} : { [by]: row.key || none };
    return <TextLink href={movesHref(query, { figure, currency, ...only })}>{text}</TextLink>;
  };
  const wanted = figureNames.filter(
    (name) => always.includes(name) || all.some((row) => row[name] !== 0n),
  );
  return [
    {
      header: dimensions[by].label,
      cell: ({ key, name }) =>
        key === null ? (
          <span className="font-medium">{name}</span>
        ) : (
          <TextLink href={narrowedHref(query, of, key)}>{name}</TextLink>
        ),
    },
    ...wanted.flatMap((name): Column<Row>[] => [
      { header: figures[name].label, cell: (row) => amount(row, name), align: "end" },
      ...(name === "fees" ? [takeRate] : []),
    ]),
    { header: "Net margin", cell: (row) => amount(row, "net"), align: "end" },
    { header: "Of earned", cell: ({ netRateBps }) => <Rate bps={netRateBps} />, align: "end" },
  ];
}

const takeRate: Column<Row> = {
  header: "Take rate",
  cell: ({ takeRateBps }) => <Rate bps={takeRateBps} />,
  align: "end",
};
