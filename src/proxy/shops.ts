import * as v from "valibot";

/** A shop that this Worker stands in front of. */
export type Fronted = {
  /** Where its pages come from: an https origin on a public name, or `local`, the server beside this one. */
  readonly origin: string;
  /** The public key of its site. */
  readonly key: string;
};

const Setting = v.record(
  v.pipe(v.string(), v.regex(/^[a-z0-9.-]+(:\d+)?$/)),
  v.strictObject({
    origin: v.union([
      v.literal("local"),
      v.pipe(v.string(), v.regex(/^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+$/)),
    ]),
    key: v.pipe(v.string(), v.startsWith("pk_")),
  }),
);

let read: { readonly text: string; readonly shops: ReadonlyMap<string, Fronted>; readonly defect?: string } =
  {
    text: "",
    shops: new Map(),
  };

/**
 * The shops in front of which this deployment stands, by host name, as its operator says in `PROXY`:
 * `{"www.shop.example": {"origin": "https://origin.shop.example", "key": "pk_…"}}`. Read once; a setting that cannot be
 * read fronts nobody, is told in the log and at `/ready`.
 */
export function shopsOf(text: string | null | undefined): typeof read {
  // Where a setting comes from the environment, null says that it is not there.
  if (!text) return NONE;
  if (text === read.text) return read;
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), Setting), text);
  read = parsed.success
    ? { text, shops: new Map(Object.entries(parsed.output)) }
    : { text, shops: new Map(), defect: parsed.issues[0].message };
  if (read.defect) console.error(JSON.stringify({ at: "proxy.setting", error: read.defect }));
  return read;
}
const NONE: typeof read = { text: "", shops: new Map() };
