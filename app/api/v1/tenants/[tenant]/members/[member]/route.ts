import { z } from "zod";
import { changeMemberRole } from "#lib/tenancy/change-member-role";
import { changeRoleInput } from "#lib/tenancy/input";
import { removeMember } from "#lib/tenancy/remove-member";
import { route } from "#lib/web/route";

const params = z.object({ member: z.string() });

export const PATCH = route({
  who: "tenant",
  permission: "members:update",
  summary: "Change a member's role",
  description: "A workspace always keeps an owner.",
  params,
  body: changeRoleInput,
  run: (ctx, { params, body }) => changeMemberRole(ctx, { memberId: params.member, ...body }),
});

export const DELETE = route({
  who: "tenant",
  permission: "members:remove",
  summary: "Remove a member",
  params,
  run: (ctx, { params }) => removeMember(ctx, { memberId: params.member }),
});
