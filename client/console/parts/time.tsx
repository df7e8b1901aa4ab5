import { ago, moment } from "./format.ts";

/** When something was: how long ago, and on hover exactly. */
export function Time({ at }: { readonly at: number }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={moment(at)}>
      {ago(at)}
    </time>
  );
}
