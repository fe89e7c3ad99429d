import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

export function PaymentFailed(props: MailData["payment-failed"] & { url: string }) {
  const { tenant, amount, nextAttemptAt, url } = props;
  return (
    <Frame
      preview={`${amount} could not be taken. The plan goes on for now.`}
      heading="A payment failed"
      why={`You get this because you look after the billing of ${tenant}.`}
    >
      <Line>
        The payment of {amount} for {tenant} was declined. Nothing is switched off yet.
        {nextAttemptAt ? ` It is tried again on ${day.format(new Date(nextAttemptAt))}.` : ""}
      </Line>
      <Action url={url}>See the invoice</Action>
    </Frame>
  );
}
