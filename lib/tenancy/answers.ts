import { z } from "zod";
import { apiKeyScopes } from "#lib/tenancy/api-key";
import { platformRoles, tenantRoles } from "#lib/tenancy/permissions";
import { instant, wholeNumber } from "#lib/wire";

/** What the API answers about people, workspaces and keys. */

const role = z.enum(tenantRoles);

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

export const memberAnswer = z
  .object({
    id: z.string(),
    userId: z.string(),
    name: z.string(),
    email: z.string(),
    role,
    createdAt: instant,
    isYou: z.boolean().describe("True for the person who asks."),
  })
  .meta({ id: "Member" });

export const invitationAnswer = z
  .object({
    id: z.string(),
    email: z.string(),
    role,
    inviterName: z.string(),
    createdAt: instant,
    expiresAt: instant,
    isExpired: z.boolean().describe("It opens nothing any more; it can be sent again."),
  })
  .meta({ id: "Invitation" });

export const auditEntryAnswer = z
  .object({
    chain: z.string().describe("The workspace's id, or `platform`."),
    sequence: wholeNumber,
    at: instant,
    actor: z.string().describe("Id of a person or a key, or `system:` and its part."),
    actorName: z.string(),
    action: z.string().describe("Such as `tenancy.create-api-key`."),
    target: z.string().describe("The kind of thing, such as `members`."),
    targetId: z.string(),
    operation: z.string().describe("`insert`, `update` or `delete`."),
    before: z.unknown().describe("What changed, as it was. Secrets are left out."),
    after: z.unknown().describe("What changed, as it is now."),
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    traceId: z.string(),
  })
  .meta({ id: "AuditEntry" });

export const auditVerdictAnswer = z
  .object({
    entries: wholeNumber,
    brokenAt: wholeNumber
      .nullable()
      .describe("The first entry that does not hold; null where all do."),
    reason: z.string().nullable(),
  })
  .meta({ id: "AuditVerdict" });

export const workspaceAnswer = z
  .object({ id: z.string(), slug: z.string(), name: z.string(), role })
  .meta({ id: "Workspace" });

export const tenantAnswer = z
  .object({
    id: z.string(),
    slug: z.string(),
    name: z.string(),
    country: z.string().describe("ISO 3166, two letters."),
    createdAt: instant,
  })
  .meta({ id: "Tenant" });

export const personAnswer = z
  .object({
    id: z.string(),
    email: z.string(),
    name: z.string(),
    isVerified: z.boolean(),
    hasPassword: z.boolean(),
    platformRole: z.enum(platformRoles).nullable(),
  })
  .meta({ id: "Person" });

export const sessionAnswer = z
  .object({
    id: z.string(),
    createdAt: instant,
    expiresAt: instant,
    ip: z.string().nullable(),
    userAgent: z.string().nullable(),
    isCurrent: z.boolean().describe("True for the browser that asks."),
  })
  .meta({ id: "Session" });
