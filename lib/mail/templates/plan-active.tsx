import type { MailData } from "#lib/mail/mail";
import { Action, Frame, Line } from "#lib/mail/templates/frame";

export function PlanActive({ tenant, plan, url }: MailData["plan-active"] & { url: string }) {
  return (
    <Frame
      preview={`${tenant} is on ${plan} from now on.`}
      heading={`Your ${plan} plan is active`}
      why={`You get this because you look after the billing of ${tenant}.`}
    >
      <Line>
        {tenant} is on {plan} from now on. Seats, invoices and the next payment are on the billing
        page.
      </Line>
      <Action url={url}>See billing</Action>
    </Frame>
  );
}
