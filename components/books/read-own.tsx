import { Refusal } from "#lib/errors";

/** What a page reads of a book, or nothing where there is no book yet. */
export async function orNoBook<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return null;
    throw error;
  }
}
