import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function PlatformAlert(props: MailData["platform-alert"] & { url: string }) {
  const { heading, tenant, line, url } = props;
  return (
    <Frame
      preview={line}
      heading={tenant ? `${heading}: ${tenant}` : heading}
      why="You get this because you look after the platform's money."
    >
      <Line>{line}</Line>
      <Action url={url}>See the alerts</Action>
    </Frame>
  );
}
