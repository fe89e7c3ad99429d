import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

const month = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

export function CardExpiring(props: MailData["card-expiring"] & { url: string }) {
  const { tenant, card, until, url } = props;
  const end = month.format(new Date(`${until}-01T00:00:00Z`));
  return (
    <Frame
      preview={`The ${card} that pays for ${tenant} is good until the end of ${end}.`}
      heading="Your card is about to expire"
      why={`You get this because you look after the billing of ${tenant}.`}
    >
      <Line>
        The {card} that pays for {tenant} is good until the end of {end}. Many banks renew a card
        with Stripe by themselves; to be sure, put in the new one.
      </Line>
      <Action url={url}>See payment methods</Action>
    </Frame>
  );
}
