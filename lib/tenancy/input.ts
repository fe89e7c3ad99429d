import { z } from "zod";
import { countries } from "#lib/tenancy/countries";
import { passwordLength } from "#lib/tenancy/password-rules";
import { tenantRoles } from "#lib/tenancy/permissions";
import { slugForm, slugLength } from "#lib/tenancy/slug";

const { min, max } = passwordLength;
const printable = /^\P{Cc}*$/u;

export const email = z
  .string("Enter an e-mail address.")
  .trim()
  .toLowerCase()
  .max(254, "Enter an e-mail address.")
  .pipe(z.email("Enter an e-mail address, such as ada@example.com."));
export const personName = z
  .string("Enter your name.")
  .trim()
  .min(1, "Enter your name.")
  .max(100, "A name has at most 100 characters.")
  .regex(printable, "A name is one line.");
/** What a company is called. */
export const companyName = z
  .string("Enter your company's name.")
  .trim()
  .min(1, "Enter your company's name.")
  .max(100, "A name has at most 100 characters.")
  .regex(printable, "A name is one line.");
export const newPassword = z
  .string("Choose a password.")
  .min(min, `A password has at least ${min} characters.`)
  .max(max, `A password has at most ${max} characters.`);
export const country = z.enum(countries, "Choose the country your company is in.");
export const slug = z
  .string()
  .trim()
  .toLowerCase()
  .min(slugLength.min, "An address has at least two characters.")
  .max(slugLength.max, `An address has at most ${slugLength.max} characters.`)
  .regex(slugForm, "An address is letters and digits, with single hyphens between.");
export const secret = z.string("The link is not complete.").min(1).max(200);
export const role = z.enum(tenantRoles, `A role is one of: ${tenantRoles.join(", ")}.`);

export const signUpInput = z.object({
  name: personName,
  email,
  password: newPassword,
  company: companyName,
  country,
  slug: slug.optional(),
});
export type SignUpInput = z.output<typeof signUpInput>;

export const foundTenantInput = signUpInput.pick({ company: true, country: true, slug: true });
export type FoundTenantInput = z.output<typeof foundTenantInput>;

export const updateProfileInput = z.object({ name: personName });
export const updateTenantInput = z
  .object({ name: companyName.optional(), slug: slug.optional() })
  .refine(({ name, slug }) => name !== undefined || slug !== undefined, "Say what to change.");
export type UpdateTenantInput = z.output<typeof updateTenantInput>;

export const tokenInput = z.object({ token: secret });
export const forgotPasswordInput = z.object({ email });
export const resetPasswordInput = z.object({ token: secret, password: newPassword });
export const changePasswordInput = z.object({
  current: z.string("Enter your current password.").min(1, "Enter your current password.").max(max),
  password: newPassword,
});

export const inviteMembersInput = z.object({
  invitations: z
    .array(z.object({ email, role }))
    .min(1, "Name at least one person to invite.")
    .max(20, "Invite at most 20 people at once."),
});
export type InviteMembersInput = z.output<typeof inviteMembersInput>;

export const joinInput = z.object({ token: secret, name: personName, password: newPassword });
export const changeRoleInput = z.object({ role });

/** A page of the audit log: newest first, `cursor` from the page before. */
export const auditQuery = z.object({
  action: z.string().max(100).optional(),
  actor: z.string().max(100).optional(),
  target: z.string().max(100).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.output<typeof auditQuery>;

/** The same across all chains, or of one: a tenant's id, or `platform`. */
export const platformAuditQuery = auditQuery.extend({ chain: z.string().max(100).optional() });
export type PlatformAuditQuery = z.output<typeof platformAuditQuery>;
