import { redirect } from "next/navigation";
import { findHome } from "#lib/tenancy/find-home";
import { currentPerson } from "#lib/web/session";

/** Where a sign-in elsewhere returns to: sends the browser on to where the person belongs. */
export async function GET(): Promise<never> {
  const person = await currentPerson();
  redirect(person ? await findHome(person) : "/sign-in");
}
