import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Context } from "#lib/context";
import { changeMemberRole } from "#lib/tenancy/change-member-role";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import { createApiKey } from "#lib/tenancy/create-api-key";
import { auditQuery } from "#lib/tenancy/input";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { leaveTenant } from "#lib/tenancy/leave-tenant";
import { listApiKeys } from "#lib/tenancy/list-api-keys";
import { listAuditEntries } from "#lib/tenancy/list-audit-entries";
import { listInvitations } from "#lib/tenancy/list-invitations";
import { listMembers } from "#lib/tenancy/list-members";
import { listPlatformAudit } from "#lib/tenancy/list-platform-audit";
import {
  type PlatformRole,
  platformRoles,
  type TenantRole,
  tenantRoles,
} from "#lib/tenancy/permissions";
import { removeMember } from "#lib/tenancy/remove-member";
import { resendInvitation } from "#lib/tenancy/resend-invitation";
import { revokeApiKey } from "#lib/tenancy/revoke-api-key";
import { revokeInvitation } from "#lib/tenancy/revoke-invitation";
import { rotateApiKey } from "#lib/tenancy/rotate-api-key";
import { updateTenant } from "#lib/tenancy/update-tenant";
import { verifyAuditChain, verifyPlatformAudit } from "#lib/tenancy/verify-audit-chain";
import { openTestDatabase, type TestDatabase } from "#tests/support/database";
import { newAdmin, newOwner, unique } from "#tests/support/people";

let database: TestDatabase;
let system: Context;
let owner: TenantContext;
let admin: PlatformContext;

beforeAll(async () => {
  database = await openTestDatabase();
  system = database.context();
  owner = (await newOwner(system)).owner;
  admin = await newAdmin(system);
});
afterAll(() => database.close());

const everyone = [...tenantRoles];
const leaders: TenantRole[] = ["owner", "admin"];
const developers: TenantRole[] = ["owner", "admin", "developer"];
const nobody = "none";
const invite = (ctx: TenantContext, role: TenantRole) =>
  inviteMembers(ctx, { invitations: [{ email: `${unique("guest")}@example.com`, role }] });

/** Every verb and read of this folder, with the roles it is meant for. */
const verbs: Record<string, [run: (ctx: TenantContext) => Promise<unknown>, may: TenantRole[]]> = {
  listMembers: [listMembers, everyone],
  listInvitations: [listInvitations, everyone],
  leaveTenant: [leaveTenant, everyone],
  updateTenant: [(ctx) => updateTenant(ctx, { name: "Name" }), leaders],
  "inviteMembers of a member": [(ctx) => invite(ctx, "member"), leaders],
  "inviteMembers of an owner": [(ctx) => invite(ctx, "owner"), ["owner"]],
  resendInvitation: [(ctx) => resendInvitation(ctx, { invitationId: nobody }), leaders],
  revokeInvitation: [(ctx) => revokeInvitation(ctx, { invitationId: nobody }), leaders],
  changeMemberRole: [(ctx) => changeMemberRole(ctx, { memberId: nobody, role: "member" }), leaders],
  removeMember: [(ctx) => removeMember(ctx, { memberId: nobody }), leaders],
  listAuditEntries: [(ctx) => listAuditEntries(ctx, auditQuery.parse({})), leaders],
  verifyAuditChain: [verifyAuditChain, leaders],
  listApiKeys: [listApiKeys, developers],
  createApiKey: [(ctx) => createApiKey(ctx, { name: "k", scopes: ["tenant:read"] }), developers],
  rotateApiKey: [(ctx) => rotateApiKey(ctx, { keyId: nobody, overlapHours: 24 }), developers],
  revokeApiKey: [(ctx) => revokeApiKey(ctx, { keyId: nobody }), developers],
};
const cases = Object.entries(verbs).flatMap(([name, [run, may]]) =>
  everyone.map((role) => ({ name, run, role, may: may.includes(role) })),
);

test.each(cases)("$name as $role: $may", async ({ run, role, may }) => {
  expect(await isForbidden(() => run({ ...owner, role }))).toBe(!may);
});

const readers: PlatformRole[] = ["admin", "finance"];
const consoleVerbs: Record<string, (ctx: PlatformContext) => Promise<unknown>> = {
  listPlatformAudit: (ctx) => listPlatformAudit(ctx, auditQuery.parse({})),
  verifyPlatformAudit: (ctx) => verifyPlatformAudit(ctx),
};
const consoleCases = Object.entries(consoleVerbs).flatMap(([name, run]) =>
  platformRoles.map((role) => ({ name, run, role, may: readers.includes(role) })),
);

test.each(consoleCases)("$name as the platform's $role: $may", async ({ run, role, may }) => {
  expect(await isForbidden(() => run({ ...admin, platformRole: role }))).toBe(!may);
});

const ofAVerb = "is a part of verbs that asked";

/** What takes such a context and is no verb of its own, each with the reason. */
const parts: Record<string, string> = {
  "tenancy/permissions.ts requirePermission": "is the question itself",
  "tenancy/permissions.ts may": "is the question itself",
  "tenancy/permissions.ts requirePlatform": "is the question itself",
  "disputes/answerer.ts requireReader": "is the question itself",
  "disputes/answerer.ts requireAnswerer": "is the question itself",
  "webhooks/owner.ts ownerOf": "says whose rows are meant",
  "webhooks/owner.ts requireReader": "is the question itself",
  "webhooks/owner.ts requireChanger": "is the question itself",
  "webhooks/find-endpoint.ts findEndpoint": ofAVerb,
  "webhooks/find-endpoint.ts holdEndpoint": ofAVerb,
  "billing/open-checkout.ts openCheckout": ofAVerb,
  "billing/await-mirror.ts awaitMirror": ofAVerb,
  "billing/change-standing.ts readStanding": ofAVerb,
  "billing/draft-change.ts draftChange": ofAVerb,
  "billing/draft-code.ts draftCode": ofAVerb,
  "billing/draft-discount.ts draftDiscount": ofAVerb,
  "billing/draft-discount.ts draftOffer": ofAVerb,
  "billing/draft-discount.ts mayBeOffered": ofAVerb,
  "billing/draft-plan-change.ts draftPlanChange": ofAVerb,
  "billing/draft-stop.ts draftPause": ofAVerb,
  "payments/find-invoice.ts findInvoice": ofAVerb,
  "payouts/platform-account.ts accountOfTenant": ofAVerb,
  "payments/keep-method.ts keepForPlan": ofAVerb,
  "payments/pay-invoice.ts requireOwnInvoice": ofAVerb,
  "payments/record-act.ts findActOf": ofAVerb,
  "payments/stripe-account.ts accountOf": ofAVerb,
  "payments/stripe-account.ts findAccountOf": ofAVerb,
  "connect/find-account.ts findAccount": ofAVerb,
  "disputes/store.ts takeDraft": ofAVerb,
  "disputes/store.ts edited": ofAVerb,
  "usage/find-originals.ts findOriginals": ofAVerb,
  "usage/standing.ts readStanding": ofAVerb,
  "usage/standing.ts rememberedStanding": ofAVerb,
};

test("every verb that takes a tenant's or the platform's context asks first whether it may", () => {
  const verbs = readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.includes("generated"))
    .flatMap((path) => verbsIn(path, readFileSync(`lib/${path}`, "utf8")));
  expect(verbs.length).toBeGreaterThan(15);
  const silent = verbs.filter(({ name, asks }) => !asks && !(name in parts));
  expect(silent.map(({ name }) => name)).toEqual([]);
});

test("that check finds a verb that forgets to ask", () => {
  const forgetful = "export async function f(ctx: TenantContext) {\n  await view(ctx);\n}\n";
  expect(verbsIn("x.ts", forgetful)).toEqual([{ name: "x.ts f", asks: false }]);
});

/** The exported functions whose first parameter is such a context, and whether they ask first. */
function verbsIn(path: string, text: string): { name: string; asks: boolean }[] {
  const verb =
    /export (?:async )?function (\w+)\(\s*ctx: (TenantContext|PlatformContext|Answerer|Tracer|Listener)\b[^{]*(?:\{[^}]*\}[^{]*)*?\{\n\s*([^\n]*)/g;
  return [...text.matchAll(verb)].map(([, name, kind, first]) => ({
    name: `${path} ${name}`,
    asks: questions[kind as keyof typeof questions].some((one) => first!.startsWith(`${one}(`)),
  }));
}

/** What a verb asks first, by whose context it takes. */
const questions = {
  TenantContext: ["requirePermission"],
  PlatformContext: ["requirePlatform"],
  Answerer: ["requireAnswerer", "requireReader"],
  Tracer: ["requireTracer"],
  Listener: ["requireReader", "requireChanger"],
} as const;

async function isForbidden(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return false;
  } catch (error) {
    return (error as { code?: string }).code === "forbidden";
  }
}
