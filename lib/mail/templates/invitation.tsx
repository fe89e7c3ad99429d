import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function Invitation(props: MailData["invitation"] & { url: string }) {
  const { inviter, tenant, role, url } = props;
  return (
    <Frame
      preview={`${inviter} invites you to ${tenant} on Lockstep.`}
      heading={`Join ${tenant}`}
      why={`You get this because ${inviter} entered this address. If you do not know them, ignore it: nothing happens.`}
    >
      <Line>
        {inviter} invites you to {tenant} on Lockstep, with the role {role}.
      </Line>
      <Action url={url}>See the invitation</Action>
      <Line>The invitation works once, for seven days.</Line>
    </Frame>
  );
}
