import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { authOptions } from "#lib/web/auth";

type Params = { params: Promise<{ nextauth: string[] }> };

const handler = (request: NextRequest, next: Params) =>
  NextAuth(request, next, authOptions(request.headers));

export { handler as GET, handler as POST };
