import { notFound } from "next/navigation";
import { Refusal } from "#lib/errors";

/** What a read finds; where it finds nothing the page is not there. */
export async function orNotFound<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    throw error;
  }
}
