import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withMessages = createNextIntlPlugin("./lib/web/i18n.ts");

// A second server beside the first (a preview, the browser tests) builds into its own folder, with
// a tsconfig of its own there, because Next writes the folder's name into the one it is given.
const ownFolder = process.env.NEXT_DIST_DIR;

const config: NextConfig = {
  distDir: ownFolder ?? ".next",
  typescript: {
    tsconfigPath: ownFolder ? `${ownFolder}.tsconfig.json` : "tsconfig.json",
    // `npm run check` has the types of the whole house; a start must not wait for those of tests.
    ignoreBuildErrors: true,
  },
  poweredByHeader: false,
  devIndicators: false,
  reactStrictMode: true,
  // Native or driver code that must be required as it is, not bundled.
  serverExternalPackages: [
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "graphile-worker",
    "nodemailer",
    "pg",
    "pino",
  ],
  experimental: {
    // A start builds once and throws the build's own notes away; nothing reads a map of its output.
    turbopackFileSystemCacheForBuild: false,
    turbopackSourceMaps: process.env.NODE_ENV !== "production",
    optimizePackageImports: ["lucide-react", "@heroui/react", "react-aria-components"],
  },
};

export default withMessages(config);
