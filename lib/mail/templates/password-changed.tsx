import type { MailData } from "#lib/mail/mail";
import { Frame, Line } from "#lib/mail/templates/frame";

const instant = new Intl.DateTimeFormat("en", {
  dateStyle: "long",
  timeStyle: "long",
  timeZone: "UTC",
});

export function PasswordChanged({ name, at, ip }: MailData["password-changed"]) {
  return (
    <Frame
      preview="Your password was changed."
      heading="Your password was changed"
      why="You get this so that a change you did not make does not go unseen."
    >
      <Line>
        Hello {name}, the password of your account was changed on {instant.format(new Date(at))}
        {ip ? ` from ${ip}` : ""}. Other browsers were signed out.
      </Line>
      <Line>If it was not you, use “Forgot password” on the sign-in page now.</Line>
    </Frame>
  );
}
