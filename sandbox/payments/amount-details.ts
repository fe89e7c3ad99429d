/** One thing that is paid for. */
export interface PaidItem {
  discount_amount?: number | null;
  quantity: number;
  tax?: { total_tax_amount: number } | null;
  unit_cost: number;
}

/** What an amount is made of, beside the items. */
export interface AmountParts {
  discount_amount?: number;
  shipping?: { amount: number | null };
  tax?: { total_tax_amount: number | null };
}

/** Why the parts of an amount do not make it up, if they do not. */
export function mismatchOf(
  amount: number,
  parts: AmountParts,
  items: readonly PaidItem[],
): { code: string; message: string } | undefined {
  const { discount_amount: discount = 0, shipping, tax } = parts;
  const beside = (shipping?.amount ?? 0) + (tax?.total_tax_amount ?? 0) - discount;
  if (items.length === 0) {
    if (beside <= amount) return undefined;
    const message = `Tax and shipping less the discount (${beside}) are more than ${amount}.`;
    return { code: "amount_details_tax_shipping_discount_greater_than_amount", message };
  }
  const sum = items.reduce((total, item) => total + wholeOf(item), beside);
  if (sum === amount) return undefined;
  const message = `The line items make up ${sum}, and the amount is ${amount}.`;
  return { code: "amount_details_amount_mismatch", message };
}

function wholeOf({ discount_amount: discount, quantity, tax, unit_cost }: PaidItem): number {
  return quantity * unit_cost - (discount ?? 0) + (tax?.total_tax_amount ?? 0);
}
