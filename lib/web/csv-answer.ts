/**
 * A table to be kept as a file, sent piece by piece as it is read. The mark at its head tells
 * spreadsheets that it is UTF-8.
 */
export function csvAnswer(name: string, pieces: AsyncIterable<string>): Response {
  const rest = pieces[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(encoder.encode("\uFEFF")),
    // Asked for when the reader has taken what came before, so nothing piles up here.
    pull: async (controller) => {
      const { value, done } = await rest.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: async () => void (await rest.return?.()),
  });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
}
