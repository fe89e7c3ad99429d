import type { ReactElement } from "react";
import type { MailData, MailTemplate } from "#lib/mail/mail";
import { CardExpiring } from "#lib/mail/templates/card-expiring";
import { DeadlineDigest } from "#lib/mail/templates/deadline-digest";
import { DisputeNotice } from "#lib/mail/templates/dispute-notice";
import { Invitation } from "#lib/mail/templates/invitation";
import { PasswordChanged } from "#lib/mail/templates/password-changed";
import { PaymentFailed } from "#lib/mail/templates/payment-failed";
import { PaymentReceived } from "#lib/mail/templates/payment-received";
import { PaymentsAccount } from "#lib/mail/templates/payments-account";
import { PlanActive } from "#lib/mail/templates/plan-active";
import { PlanChanged } from "#lib/mail/templates/plan-changed";
import { PlatformAlert } from "#lib/mail/templates/platform-alert";
import { ResetPassword } from "#lib/mail/templates/reset-password";
import { VerifyEmail } from "#lib/mail/templates/verify-email";
import { WebhookOff } from "#lib/mail/templates/webhook-off";

/** What a body is given: the data, and in place of a path the whole address. */
type Props<Data> = Data extends { path: string } ? Data & { url: string } : Data;

type Templates = {
  [T in MailTemplate]: {
    subject(data: MailData[T]): string;
    Body(props: Props<MailData[T]>): ReactElement;
  };
};

/** Every mail we send. */
export const templates: Templates = {
  "verify-email": { subject: () => "Confirm your e-mail address", Body: VerifyEmail },
  "reset-password": { subject: () => "Set a new password", Body: ResetPassword },
  "password-changed": { subject: () => "Your password was changed", Body: PasswordChanged },
  invitation: {
    subject: ({ inviter, tenant }) => `${inviter} invites you to ${tenant}`,
    Body: Invitation,
  },
  "plan-active": { subject: ({ plan }) => `Your ${plan} plan is active`, Body: PlanActive },
  "plan-changed": { subject: ({ heading }) => heading, Body: PlanChanged },
  "payments-account": { subject: ({ heading }) => heading, Body: PaymentsAccount },
  "payment-failed": {
    subject: ({ amount }) => `A payment of ${amount} failed`,
    Body: PaymentFailed,
  },
  "payment-received": {
    subject: ({ amount, tenant }) => `${tenant} paid ${amount}`,
    Body: PaymentReceived,
  },
  "card-expiring": {
    subject: ({ tenant }) => `The card that pays for ${tenant} is about to expire`,
    Body: CardExpiring,
  },
  "platform-alert": {
    subject: ({ heading, tenant }) => (tenant ? `${heading}: ${tenant}` : heading),
    Body: PlatformAlert,
  },
  "deadline-digest": { subject: ({ heading }) => heading, Body: DeadlineDigest },
  "dispute-notice": {
    subject: ({ heading, tenant }) => `${heading} (${tenant})`,
    Body: DisputeNotice,
  },
  "webhook-off": {
    subject: ({ tenant }) => `${tenant} is no longer told of events at one address`,
    Body: WebhookOff,
  },
};
