import { notFound, redirect } from "next/navigation";
import type { z } from "zod";
import { Refusal } from "#lib/errors";

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** A list's filters from the address. What it does not know is left out, so an old link opens. */
export function readQuery<Schema extends z.ZodObject>(
  schema: Schema,
  params: SearchParams,
): z.output<Schema> {
  const given = Object.entries(params).filter(
    ([, value]) => typeof value === "string" && value && !value.includes("\0"),
  );
  const filters = Object.fromEntries(given);
  const parsed = schema.safeParse(filters);
  if (parsed.success) return parsed.data;
  for (const { path } of parsed.error.issues) delete filters[String(path[0])];
  return schema.parse(filters);
}

/** What a page reads. What does not exist is no page; a broken page link opens the list anew. */
export async function forPage<T>(read: Promise<T>, list: string): Promise<T> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    if (error instanceof Refusal && error.field === "cursor") redirect(list);
    throw error;
  }
}
