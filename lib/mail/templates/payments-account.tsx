import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function PaymentsAccount(props: MailData["payments-account"] & { url: string }) {
  const { tenant, heading, lines, action, url } = props;
  return (
    <Frame
      preview={lines[0] ?? heading}
      heading={heading}
      why={`You get this because you look after the payments of ${tenant}.`}
    >
      {lines.map((line) => (
        <Line key={line}>{line}</Line>
      ))}
      <Action url={url}>{action}</Action>
    </Frame>
  );
}
