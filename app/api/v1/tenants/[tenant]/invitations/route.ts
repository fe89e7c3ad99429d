import { z } from "zod";
import { allOf } from "#lib/keyset";
import { invitationAnswer } from "#lib/tenancy/answers";
import { inviteMembersInput } from "#lib/tenancy/input";
import { inviteMembers } from "#lib/tenancy/invite-members";
import { listInvitations } from "#lib/tenancy/list-invitations";
import { countInvitations } from "#lib/web/limit-invitations";
import { route } from "#lib/web/route";
import { pageOf } from "#lib/wire";

export const GET = route({
  who: "tenant",
  permission: "members:read",
  summary: "List open invitations",
  answer: pageOf(invitationAnswer),
  run: async (ctx) => allOf(await listInvitations(ctx)),
});

export const POST = route({
  who: "tenant",
  permission: "members:invite",
  summary: "Invite people",
  description: "Each is sent a mail with a link that is good for seven days.",
  answer: z.array(z.object({ id: z.string(), email: z.string() })),
  body: inviteMembersInput,
  status: 201,
  run: async (ctx, { body }) => {
    await countInvitations(ctx, body.invitations.length);
    return inviteMembers(ctx, body);
  },
});
