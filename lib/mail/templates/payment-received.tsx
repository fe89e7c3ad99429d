import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function PaymentReceived(props: MailData["payment-received"] & { url: string }) {
  const { tenant, amount, number, url } = props;
  const invoice = number ? `invoice ${number}` : "an invoice";
  return (
    <Frame
      preview={`${amount} was paid for ${invoice}.`}
      heading={`${amount} paid`}
      why={`You get this because you look after the billing of ${tenant}.`}
    >
      <Line>
        {tenant} paid {amount} for {invoice}. The invoice, its PDF and the receipt are on its page.
      </Line>
      <Action url={url}>See the invoice</Action>
    </Frame>
  );
}
