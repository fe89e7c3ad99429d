import { defineConfig } from "prisma/config";

/** Where the Prisma CLI finds schema, migrations and database. The app itself never reads this. */
export default defineConfig({
  schema: "prisma/schema",
  migrations: { path: "prisma/migrations" },
  datasource: { url: process.env.DATABASE_URL ?? "postgresql://unset" },
});
