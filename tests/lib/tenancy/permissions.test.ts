import { expect, test } from "vitest";
import type { PlatformContext, TenantContext } from "#lib/tenancy/context";
import {
  mayInTenant,
  mayOnPlatform,
  platformPermissions,
  platformRoles,
  requirePermission,
  requirePlatform,
  tenantPermissions,
  tenantRoles,
} from "#lib/tenancy/permissions";

/**
 * What is meant, written out by hand and apart from the code: a row for each permission, a column
 * for each role. A change to who may do what has to be made twice, on purpose.
 */
const inTenant = `
                    owner  admin  finance  developer  member
  tenant:read       yes    yes    yes      yes        yes
  tenant:update     yes    yes    no       no         no
  members:read      yes    yes    yes      yes        yes
  members:invite    yes    yes    no       no         no
  members:update    yes    yes    no       no         no
  members:remove    yes    yes    no       no         no
  owners:update     yes    no     no       no         no
  seats:assign      yes    yes    no       no         no
  billing:read      yes    yes    yes      no         no
  billing:update    yes    yes    yes      no         no
  entitlements:read yes    yes    yes      yes        yes
  usage:read        yes    yes    yes      yes        no
  usage:write       yes    yes    no       yes        no
  usage:correct     yes    yes    yes      yes        no
  usage:limit       yes    yes    yes      no         no
  connect:read      yes    yes    yes      no         no
  connect:onboard   yes    yes    no       no         no
  payments:read     yes    yes    yes      yes        no
  payments:capture  yes    yes    yes      no         no
  payments:refund   yes    yes    yes      no         no
  payments:sell     yes    yes    yes      yes        no
  disputes:respond  yes    yes    yes      no         no
  payouts:read      yes    yes    yes      no         no
  payouts:create    yes    yes    yes      no         no
  payouts:update    yes    yes    no       no         no
  books:read        yes    yes    yes      no         no
  taxes:update      yes    yes    yes      no         no
  cards:read        yes    yes    yes      no         no
  cards:update      yes    yes    no       no         no
  audit:read        yes    yes    no       no         no
  keys:read         yes    yes    no       yes        no
  keys:update       yes    yes    no       yes        no
  developers:read   yes    yes    no       yes        no
  developers:update yes    yes    no       yes        no
`;

const onPlatform = `
                    admin  finance  support  read_only
  platform:read     yes    yes      yes      yes
  tenants:read      yes    yes      yes      yes
  plans:read        yes    yes      yes      yes
  plans:update      yes    no       no       no
  plans:publish     yes    no       no       no
  plans:migrate     yes    no       no       no
  coupons:read      yes    yes      yes      yes
  coupons:update    yes    yes      no       no
  fees:read         yes    yes      yes      yes
  fees:update       yes    yes      no       no
  seats:decide      yes    no       yes      no
  events:read       yes    yes      yes      yes
  events:replay     yes    no       yes      no
  invoices:read     yes    yes      yes      yes
  money:update      yes    yes      no       no
  payouts:read      yes    yes      yes      yes
  rater:read        yes    yes      yes      yes
  rater:settle      yes    yes      no       no
  ledger:read       yes    yes      yes      yes
  ledger:close      yes    yes      no       no
  reconciliation:read yes  yes      yes      yes
  reconciliation:run yes   yes      no       no
  reconciliation:resolve yes yes    no       no
  alerts:read       yes    yes      yes      yes
  alerts:acknowledge yes    yes      yes      no
  webhooks:read     yes    yes      no       no
  webhooks:update   yes    yes      no       no
  connect:hold      yes    yes      no       no
  connect:remind    yes    yes      yes      no
  connect:policy    yes    no       no       no
  audit:read        yes    yes      no       no
  system:read       yes    no       yes      yes
`;

type Row = { permission: string; role: string; may: boolean };

function matrix(table: string): Row[] {
  const [roles, ...rows] = table.trim().split("\n");
  return rows.flatMap((row) => {
    const [permission, ...answers] = row.trim().split(/\s+/);
    return roles!
      .trim()
      .split(/\s+/)
      .map((role, column) => ({ permission: permission!, role, may: answers[column] === "yes" }));
  });
}

test("the tables here name every role and permission there is", () => {
  const named = (rows: Row[], key: "role" | "permission") => [...new Set(rows.map((r) => r[key]))];
  expect(named(matrix(inTenant), "permission")).toEqual(Object.keys(tenantPermissions));
  expect(named(matrix(inTenant), "role")).toEqual([...tenantRoles]);
  expect(named(matrix(onPlatform), "permission")).toEqual(Object.keys(platformPermissions));
  expect(named(matrix(onPlatform), "role")).toEqual([...platformRoles]);
});

test.each(matrix(inTenant))("in a tenant, $role on $permission: $may", (row) => {
  const [role, permission] = [row.role as never, row.permission as never];
  expect(mayInTenant(role, permission)).toBe(row.may);
  const ask = () => requirePermission(as<TenantContext>({ role }), permission);
  if (row.may) expect(ask).not.toThrow();
  else expect(ask).toThrow(expect.objectContaining({ code: "forbidden" }));
});

test.each(matrix(onPlatform))("on the platform, $role on $permission: $may", (row) => {
  const [platformRole, permission] = [row.role as never, row.permission as never];
  expect(mayOnPlatform(platformRole, permission)).toBe(row.may);
  const ask = () => requirePlatform(as<PlatformContext>({ platformRole }), permission);
  if (row.may) expect(ask).not.toThrow();
  else expect(ask).toThrow(expect.objectContaining({ code: "forbidden" }));
});

test.each(["stranger", "", "OWNER", "__proto__"])("the unknown role %j may nothing", (role) => {
  for (const permission of Object.keys(tenantPermissions)) {
    expect(mayInTenant(role as never, permission as never)).toBe(false);
  }
  for (const permission of Object.keys(platformPermissions)) {
    expect(mayOnPlatform(role as never, permission as never)).toBe(false);
  }
});

/** A context of which only the role is asked. */
function as<T>(part: Partial<T>): T {
  return part as T;
}
