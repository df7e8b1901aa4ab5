import { chance } from "../edge/chance.ts";
import { toHex } from "../edge/hmac.ts";

/** Where a request stands in a trace of several programs (W3C Trace Context, level 2). */
export type Trace = {
  /** 32 hex digits: the same in every program that takes part. */
  readonly traceId: string;
  /** 16 hex digits: this request's own. */
  readonly spanId: string;
  /** Whoever asked; absent where the trace begins here. */
  readonly parentId?: string;
  readonly isSampled: boolean;
};

const SHAPE = /^([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-.*)?$/;

/**
 * Goes on with the trace that a `traceparent` header names; begins one where there is none, or none that the
 * specification allows (section 3.2.2: version ff, all noughts, another length in version 00).
 * @example traceOf("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").traceId // "4bf92f3577b34da6a3ce929d0e0e4736"
 */
export function traceOf(header: string | null | undefined): Trace {
  const digits = toHex(chance(24));
  const spanId = digits.slice(0, 16);
  if (!header) return { traceId: digits.slice(16), spanId, isSampled: false };
  const [, version, traceId, parentId, flags] = SHAPE.exec(header) ?? [];
  const isAllowed =
    traceId !== undefined &&
    parentId !== undefined &&
    version !== "ff" &&
    !(version === "00" && header.length !== 55) &&
    !/^0+$/.test(traceId) &&
    !/^0+$/.test(parentId);
  if (!isAllowed) return { traceId: digits.slice(16), spanId, isSampled: false };
  return { traceId, spanId, parentId, isSampled: (Number.parseInt(flags!, 16) & 1) === 1 };
}

/** The `traceresponse` header: tells the caller which span answered. */
export const traceResponse = ({ traceId, spanId, isSampled }: Trace): string =>
  `00-${traceId}-${spanId}-${isSampled ? "01" : "00"}`;
