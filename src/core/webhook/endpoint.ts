import * as v from "valibot";
import { Purpose } from "../consent/consent.ts";
import { publicUrlDefect } from "../primitives/public-url.ts";
import type { EpochMs } from "../primitives/time.ts";
import { SubscribableType, type Notice } from "./notice.ts";
import type { SecretVersion } from "./secret-version.ts";

/** Endpoints of one site: each is looked at whenever one is free to be sent to. Beyond, none is added. */
export const ENDPOINTS_MAX = 20;

/** What a shop asks for when it names an endpoint. */
export const EndpointRequest = v.strictObject({
  url: v.pipe(v.string(), v.maxLength(2048)),
  types: v.pipe(
    v.array(SubscribableType),
    v.minLength(1),
    v.check((types) => new Set(types).size === types.length, "a list that names each type once"),
  ),
  /** What the receiver does with what it is told. Notices that need another purpose are not sent to it. */
  purpose: Purpose,
  enabled: v.optional(v.boolean(), true),
});
export type EndpointRequest = v.InferOutput<typeof EndpointRequest>;

/** Somewhere that wants to be told. */
export type Endpoint = {
  readonly id: string;
  readonly url: string;
  readonly types: readonly (typeof SubscribableType.options)[number][];
  readonly purpose: Purpose;
  readonly state: "enabled" | "disabled";
  /** Why it is disabled, in a sentence; empty while it is enabled. */
  readonly why: string;
  readonly createdAt: EpochMs;
  readonly secrets: readonly SecretVersion[];
};

/** Whether an endpoint is to be told: it is enabled, asked for the type, and serves the purpose the notice needs, if any. */
export const wants = (
  endpoint: Pick<Endpoint, "state" | "types" | "purpose">,
  { type, purpose }: Pick<Notice, "type" | "purpose">,
): boolean =>
  endpoint.state === "enabled" &&
  endpoint.types.some((one) => one === type) &&
  (purpose === null || purpose === endpoint.purpose);

/**
 * Why notices may not be sent to an address, as a phrase; `undefined` when they may. On top of the rule for everything
 * we fetch, an address of this deployment itself is refused.
 * @param ownHost the host under which the deployment was asked, with or without port
 * @example endpointUrlDefect("https://api.example/hook", "api.example") // "one of this deployment itself"
 */
export function endpointUrlDefect(url: string, ownHost: string): string | undefined {
  const defect = publicUrlDefect(url);
  if (defect !== undefined) return defect;
  const bare = (host: string) => host.toLowerCase().replace(/:\d+$/, "").replace(/\.$/, "");
  const host = /^https:\/\/([^/?#]*)/i.exec(url)![1]!;
  return bare(host) === bare(ownHost) ? "one of this deployment itself" : undefined;
}
