import { Card } from "#components/ui/card";
import { type Column, DataTable } from "#components/ui/data-table";
import { EmptyState } from "#components/ui/empty-state";
import { LinkButton } from "#components/ui/link-button";
import { Page, PageHeader } from "#components/ui/page-header";

type Props<Row> = {
  title: string;
  sentence: string;
  /** What is made anew, in a button; left out for who may not. */
  create: { label: string; href: string } | false;
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowHref: (row: Row) => string;
  /** What it is for, where there is none yet. */
  empty: { icon: React.ReactNode; title: string; body: string };
};

/** A list of the console that is always whole, and where one more is made. */
export function WholeList<Row extends { id: string }>(props: Props<Row>) {
  const { title, sentence, create, caption, columns, rows, rowHref, empty } = props;
  return (
    <Page>
      <PageHeader
        title={title}
        sentence={sentence}
        actions={
          create && (
            <LinkButton href={create.href} size="sm">
              {create.label}
            </LinkButton>
          )
        }
      />
      <Card flush>
        <DataTable
          caption={caption}
          columns={columns}
          rows={rows}
          rowKey={({ id }) => id}
          rowHref={rowHref}
          empty={
            <EmptyState
              icon={empty.icon}
              title={empty.title}
              action={create && <LinkButton href={create.href}>{create.label}</LinkButton>}
            >
              {empty.body}
            </EmptyState>
          }
        />
      </Card>
    </Page>
  );
}
