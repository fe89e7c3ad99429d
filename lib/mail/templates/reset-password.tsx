import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function ResetPassword({ name, url }: { name: string; url: string }) {
  return (
    <Frame
      preview="Set a new password for Lockstep."
      heading="Set a new password"
      why="You get this because somebody asked for a new password for this address. If it was not you, ignore it: your password stays as it is."
    >
      <Line>Hello {name}, choose a new password here. It signs you out everywhere else.</Line>
      <Action url={url}>Choose a password</Action>
      <Line>The link works once, for one hour.</Line>
    </Frame>
  );
}
