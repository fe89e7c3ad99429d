"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { Amount, formatAmount } from "#components/ui/amount";
import { Form, SubmitButton } from "#components/ui/form";
import { NumberField } from "#components/ui/number-field";
import { TextField } from "#components/ui/text-field";
import type { Currency } from "#lib/money/currency";
import { parseMoney } from "#lib/money/parse-money";

type Sum = { minor: string; currency: string };
type Props = {
  token: string;
  seller: string;
  mostQuantity: number;
  price: { fixed: Sum } | { least: Sum; most: Sum };
};

/** What a payer still chooses, and the way to Stripe's page. */
export function PayForm({ token, seller, mostQuantity, price }: Props) {
  const t = useTranslations("selling.pay");
  const locale = useLocale();
  const [quantity, setQuantity] = useState(1);
  const { currency } = "fixed" in price ? price.fixed : price.least;
  const minorOf = (text: string | undefined) =>
    text ? (parseMoney(text, currency as Currency)?.minor.toString() ?? text) : undefined;
  return (
    <Form<{ url: string }>
      path={`/api/v1/pay/${token}/checkout`}
      toBody={({ minor }) => ({ quantity, ...(!("fixed" in price) && { minor: minorOf(minor) }) })}
      onDone={({ url }) => window.location.assign(url)}
    >
      {"fixed" in price ? (
        <p className="text-2xl font-semibold">
          <Amount of={price.fixed} />
        </p>
      ) : (
        <TextField
          name="minor"
          label={t("amount", { currency: currency.toUpperCase() })}
          description={t("range", {
            least: formatAmount(price.least, locale),
            most: formatAmount(price.most, locale),
          })}
          isRequired
          autoComplete="off"
        />
      )}
      {mostQuantity > 1 && (
        <NumberField
          name="quantity"
          label={t("quantity")}
          value={quantity}
          onChange={setQuantity}
          min={1}
          max={mostQuantity}
        />
      )}
      {"fixed" in price && quantity > 1 && (
        <p role="status">
          {t("total", {
            total: formatAmount(
              { minor: BigInt(price.fixed.minor) * BigInt(quantity), currency },
              locale,
            ),
          })}
        </p>
      )}
      <SubmitButton size="lg" fullWidth>
        {t("go")}
      </SubmitButton>
      <p className="text-xs text-muted">{t("stripe", { seller })}</p>
    </Form>
  );
}
