import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function DisputeNotice(props: MailData["dispute-notice"] & { url: string }) {
  const { tenant, heading, line, action, url } = props;
  return (
    <Frame
      preview={`${tenant}: ${line}`}
      heading={heading}
      why={`You get this because you look after the payments of ${tenant}.`}
    >
      <Line>
        {tenant}: {line}
      </Line>
      <Action url={url}>{action}</Action>
    </Frame>
  );
}
