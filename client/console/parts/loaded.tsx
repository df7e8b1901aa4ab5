import type { ComponentChildren } from "preact";
import type { Read } from "../api/use-read.ts";
import { Refused } from "./refused.tsx";
import { Skeleton } from "./skeleton.tsx";

type Props<T> = {
  readonly read: Read<T>;
  readonly lines?: number;
  readonly children: (data: T) => ComponentChildren;
};

/** What was read; its place until then; the refusal where there was one, above what is still known from before. */
export function Loaded<T>({ read, lines = 3, children }: Props<T>) {
  return (
    <>
      {read.refusal && <Refused refusal={read.refusal} onRetry={read.reload} />}
      {read.data !== undefined ? children(read.data) : read.refusal ? null : <Skeleton lines={lines} />}
    </>
  );
}
