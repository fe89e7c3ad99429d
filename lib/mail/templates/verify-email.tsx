import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function VerifyEmail({ name, url }: { name: string; url: string }) {
  return (
    <Frame
      preview="Confirm your e-mail address for Lockstep."
      heading="Confirm your e-mail address"
      why="You get this because somebody signed up for Lockstep with this address. If it was not you, ignore it: nothing happens."
    >
      <Line>Hello {name}, one click tells us that this address is yours.</Line>
      <Action url={url}>Confirm address</Action>
      <Line>The link works once, for three days.</Line>
    </Frame>
  );
}
