import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function DeadlineDigest(props: MailData["deadline-digest"] & { url: string }) {
  const { heading, lines, url } = props;
  return (
    <Frame
      preview={lines[0] ?? heading}
      heading={heading}
      why="You get this because you look after the platform's tenants."
    >
      {lines.map((line) => (
        <Line key={line}>{line}</Line>
      ))}
      <Line>They were reminded themselves. Nothing has stopped yet.</Line>
      <Action url={url}>See what needs attention</Action>
    </Frame>
  );
}
