import { render } from "@react-email/render";
import { createElement, type ReactElement } from "react";
import { env } from "#lib/env";
import type { MailData, MailTemplate } from "#lib/mail/mail";
import { templates } from "#lib/mail/templates/table";

export type RenderedMail = {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
};

/** A mail as it is sent: subject, HTML, and its plain twin that says the same. */
export async function renderMail<T extends MailTemplate>(
  template: T,
  data: MailData[T],
): Promise<RenderedMail> {
  const { subject, Body } = templates[template];
  const linked = "path" in data ? { ...data, url: linkTo(data.path) } : data;
  const element: ReactElement = createElement(Body as (props: object) => ReactElement, linked);
  const [html, text] = await Promise.all([render(element), render(element, { plainText: true })]);
  return { subject: oneLine(subject(data)), html, text };
}

/** A line break in a name must not begin another header. */
function oneLine(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ");
}

function linkTo(path: string): string {
  return new URL(path, env().LOCKSTEP_URL).href;
}
