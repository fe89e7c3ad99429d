import { inviteMembersInput } from "#lib/tenancy/input";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { listInvitations } from "#lib/tenancy/list-invitations";
import { countInvitations } from "#lib/web/limit-invitations";
import { route } from "#lib/web/route";

export const GET = route({
  who: "tenant",
  permission: "members:read",
  run: (ctx) => listInvitations(ctx),
});

export const POST = route({
  who: "tenant",
  permission: "members:invite",
  body: inviteMembersInput,
  status: 201,
  run: async (ctx, { body }) => {
    await countInvitations(ctx, body.invitations.length);
    return inviteMembers(ctx, body);
  },
});
