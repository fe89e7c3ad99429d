import { useTranslations } from "next-intl";
import { ownAccountHref, ownEntryHref } from "#components/books/addresses";
import { JoinedEntries } from "#components/ledger/joined-entries";
import { Amount } from "#components/ui/amount";
import { Card, Fact, Facts } from "#components/ui/card";
import { CopyableId } from "#components/ui/copyable-id";
import { type Column, DataTable } from "#components/ui/data-table";
import { TextLink } from "#components/ui/link-button";
import { Moment } from "#components/ui/moment";
import type { Account, Move } from "#lib/ledger/entry";
import type { EntryInFull } from "#lib/ledger/get-entry";

type Props = { slug: string; entry: EntryInFull };

/** One entry: its moves, what it is about, and what it is joined to. */
export function OwnEntry({ slug, entry }: Props) {
  const t = useTranslations("books.entry");
  const { correctedBy, correction, related } = entry;
  const hrefOf = (id: bigint) => ownEntryHref(slug, id);
  const joined = [...correctedBy, ...(correction ? [correction] : [])];
  return (
    <>
      <OwnEntryMoves slug={slug} moves={entry.moves} />
      <AboutEntry entry={entry} />
      <JoinedEntries title={t("corrections")} names={joined} hrefOf={hrefOf} />
      <JoinedEntries title={t("related")} names={related} hrefOf={hrefOf} />
    </>
  );
}

function OwnEntryMoves({ slug, moves }: { slug: string; moves: readonly Move[] }) {
  const t = useTranslations("books");
  const account = (of: Account, currency: string) => (
    <span className="break-all">
      <TextLink href={ownAccountHref(slug, of, currency)}>{t(`accounts.${of.code}.name`)}</TextLink>
      {of.subject && <span className="font-mono text-xs text-muted"> {of.subject}</span>}
    </span>
  );
  const columns: Column<Move & { place: number }>[] = [
    { header: t("entry.from"), cell: ({ from, currency }) => account(from, currency) },
    { header: t("entry.to"), cell: ({ to, currency }) => account(to, currency) },
    { header: t("entry.amount"), cell: (move) => <Amount of={move} />, align: "end" },
  ];
  return (
    <Card flush title={t("entry.moves")}>
      <DataTable
        caption={t("entry.moves")}
        columns={columns}
        rows={moves.map((move, place) => ({ ...move, place }))}
        rowKey={({ place }) => String(place)}
        empty={null}
      />
    </Card>
  );
}

function AboutEntry({ entry }: { entry: EntryInFull }) {
  const t = useTranslations("books.entry");
  const { objectId, paymentId, customerId, country, method } = entry.about;
  const ids = { object: objectId, payment: paymentId, customer: customerId } as const;
  return (
    <Card title={t("about")}>
      <Facts>
        <Fact label={t("kind")}>
          <span className="font-mono text-xs">{entry.kind}</span>
        </Fact>
        <Fact label={t("was")}>
          <Moment at={entry.effectiveAt} />
        </Fact>
        <Fact label={t("written")}>
          <Moment at={entry.postedAt} />
        </Fact>
        {(["object", "payment", "customer"] as const).map((name) => {
          const id = ids[name];
          return id ? (
            <Fact key={name} label={t(name)}>
              <CopyableId id={id} />
            </Fact>
          ) : null;
        })}
        {country && <Fact label={t("country")}>{country}</Fact>}
        {method && <Fact label={t("method")}>{method}</Fact>}
      </Facts>
    </Card>
  );
}
