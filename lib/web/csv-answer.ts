/** A table to be kept as a file. The mark at its head tells spreadsheets that it is UTF-8. */
export function csvAnswer(name: string, csv: string): Response {
  return new Response(`\uFEFF${csv}`, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
}
