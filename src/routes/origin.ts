import * as v from "valibot";

/** Origins of a site whose pages may use its write key: the first, and up to 20 more. */
export const ORIGINS_MAX = 21;

/** Scheme, host and port of a page, exactly as a browser names them. @example "https://shop.example" */
export const Origin = v.pipe(
  v.string(),
  v.maxLength(255),
  v.check(
    (text) => URL.canParse(text) && new URL(text).origin === text && /^https?:/.test(text),
    "an origin such as https://shop.example",
  ),
);
