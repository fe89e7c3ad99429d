"use client";

import { createContext } from "react";

/** What the server said of each field of the form around, by the field's name. */
export const FormErrors = createContext<Readonly<Record<string, string>>>({});
