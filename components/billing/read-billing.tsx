import { cache } from "react";
import { getBilling } from "#lib/billing/get-billing";

/** The billing of a request's tenant, read once however many parts of the page ask. */
export const readBilling = cache(getBilling);
