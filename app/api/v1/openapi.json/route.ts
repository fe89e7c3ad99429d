import { apiDocument } from "#app/api/v1/api-document";

/** The API's description. Anyone may read it, from any page. */
export async function GET(): Promise<Response> {
  return Response.json(await apiDocument(), {
    headers: { "access-control-allow-origin": "*", "cache-control": "public, max-age=300" },
  });
}

/** Answered when asked for, as the address it names is known only then. */
export const dynamic = "force-dynamic";
