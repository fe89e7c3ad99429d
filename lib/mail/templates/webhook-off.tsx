import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function WebhookOff(props: MailData["webhook-off"] & { url: string }) {
  const { tenant, isGone, endpoint, url } = props;
  return (
    <Frame
      preview={`Events of ${tenant} are no longer sent to ${endpoint}.`}
      heading="A webhook endpoint was turned off"
      why={`You get this because you look after ${tenant}.`}
    >
      <Line>
        {isGone
          ? `${endpoint} answered 410 Gone, which asks us to stop.`
          : `Every message to ${endpoint} has failed for five days.`}{" "}
        Events of {tenant} are no longer sent there.
      </Line>
      <Line>
        Nothing is lost: once it is on again, what failed and what happened meanwhile can be sent
        from its page.
      </Line>
      <Action url={url}>See the endpoint</Action>
    </Frame>
  );
}
