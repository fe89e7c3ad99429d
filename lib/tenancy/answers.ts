import { z } from "zod";
import { apiKeyScopes } from "#lib/tenancy/api-key";
import { instant } from "#lib/wire";

/** What the API answers about people, workspaces and keys. */

export const apiKeyAnswer = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(apiKeyScopes)),
    state: z.enum(["active", "expired", "revoked"]),
    createdAt: instant,
    createdBy: z.string().nullable().describe("Null where whoever made it has left."),
    expiresAt: instant.nullable(),
    revokedAt: instant.nullable(),
    lastUsedAt: instant.nullable().describe("To the minute."),
    secrets: z
      .array(
        z.object({
          hint: z.string().describe("Both ends of it."),
          createdAt: instant,
          endsAt: instant.nullable().describe("When it stops, once it was rotated out."),
          lastUsedAt: instant.nullable(),
        }),
      )
      .describe("Those that open the key now, the newest first."),
  })
  .meta({ id: "ApiKey" });
