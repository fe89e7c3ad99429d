import { inviteMembersInput } from "#lib/tenancy/input";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { listInvitations } from "#lib/tenancy/list-invitations";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "members:read",
  run: (ctx) => listInvitations(ctx),
});

export const POST = route({
  who: "tenant",
  permission: "members:invite",
  limit: "invitation",
  body: inviteMembersInput,
  status: 201,
  run: (ctx, { body }) => inviteMembers(ctx, body),
});
