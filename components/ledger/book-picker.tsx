import { FilterBar } from "#components/admin/filter-bar";
import { type Book, nameOf } from "#lib/ledger/list-books";

/** Which book, and as of which day: the address holds both. */
export function BookPicker({
  books,
  hasDays = true,
}: {
  books: readonly Book[];
  hasDays?: boolean;
}) {
  const accounts = books.filter(({ key }) => key !== "platform");
  return (
    <FilterBar
      choices={[
        {
          ...{ name: "book", label: "Book", any: "The platform" },
          options: accounts.map((book) => ({ value: book.key, label: nameOf(book) })),
        },
      ]}
      texts={
        hasDays
          ? [
              { name: "to", label: "As of the end of (2026-03-31)" },
              { name: "from", label: "Income since (2026-01-01)" },
            ]
          : []
      }
    />
  );
}
