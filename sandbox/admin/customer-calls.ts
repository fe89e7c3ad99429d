import { type AdminCall, call } from "#sandbox/admin/call";
import { whereIs } from "#sandbox/admin/money-calls";
import { giveDiscount } from "#sandbox/billing/discounts";
import { text } from "#sandbox/protocol/params";
import { findCustomer } from "#sandbox/resources/customer-named";
import { show } from "#sandbox/store/views";

/** What only the dashboard does to a customer: the API of this version takes no coupon for one. */
export const customerCalls: Record<string, AdminCall> = {
  "POST /customers/:id/discount": call({ coupon: text, promotion_code: text }, (plane, sent, id) =>
    whereIs(plane, id, (world) => {
      const row = findCustomer(world, id);
      const { id: customer, customer_account = null, currency, discount: before } = row.object;
      const use = { customer, currency: currency ?? "usd", param: "discount" };
      const owner = { customer, customer_account };
      const given = giveDiscount(world, sent, owner, use, before ?? undefined);
      row.object = { ...row.object, discount: given.object };
      world.save(row);
      world.emit("customer.updated", row.object, { discount: before ?? null });
      return show(world, row.object) as object;
    }),
  ),
};
