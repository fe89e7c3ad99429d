import { notFound, redirect } from "next/navigation";
import { findCheckoutReturn } from "#lib/billing/find-checkout-return";
import { Refusal } from "#lib/errors";
import { requirePerson } from "#lib/web/session";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** Stripe's way back. Shows nothing of its own. */
export default async function CheckoutReturnPage({ params, searchParams }: Props) {
  const ctx = await requirePerson();
  const { id: checkoutId } = await params;
  const { canceled, pay } = await searchParams;
  const way = { isCanceled: canceled !== undefined, isToPay: pay !== undefined };
  const path = await findCheckoutReturn(ctx, { checkoutId, ...way }).catch(orNotFound);
  redirect(path);
}

function orNotFound(error: unknown): never {
  if (error instanceof Refusal && error.code === "not_found") notFound();
  throw error;
}
