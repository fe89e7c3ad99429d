"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card } from "#components/ui/card";
import { Form, SubmitButton } from "#components/ui/form";
import { buttonStyle } from "#components/ui/link-button";
import { TextField } from "#components/ui/text-field";

type Props = {
  slug: string;
  saleId: string;
  receiptUrl: string | null;
  email: string | null;
  maySend: boolean;
};

/** The receipt Stripe wrote, and where else it should go. */
export function ReceiptCard({ slug, saleId, receiptUrl, email, maySend }: Props) {
  const t = useTranslations("selling.sale");
  const [sent, setSent] = useState<string>();
  return (
    <Card title={t("receipt")}>
      <div className="grid justify-items-start gap-4">
        {receiptUrl && (
          <a href={receiptUrl} rel="noreferrer" className={buttonStyle("secondary", "sm")}>
            {t("openReceipt")}
          </a>
        )}
        {maySend && (
          <Form
            path={`/api/v1/tenants/${slug}/sales/${saleId}/receipt`}
            onDone={(_answer, fields) => setSent(fields.email)}
            className="grid w-full gap-3"
          >
            <TextField
              name="email"
              type="email"
              label={t("sendReceipt")}
              defaultValue={email ?? ""}
              isRequired
            />
            <div className="flex flex-wrap items-center gap-3">
              <SubmitButton variant="secondary" size="sm">
                {t("send")}
              </SubmitButton>
              <p role="status">{sent && t("sent", { email: sent })}</p>
            </div>
          </Form>
        )}
      </div>
    </Card>
  );
}
