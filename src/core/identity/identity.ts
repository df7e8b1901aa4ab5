import type { CustomerId } from "../primitives/ids.ts";
import type { EpochMs } from "../primitives/time.ts";

/** Who a shop's server says stands before us, after its signature and every claim were checked. */
export type Identity = {
  readonly customerId: CustomerId;
  readonly issuedAt: EpochMs;
  readonly expiresAt: EpochMs;
  /** When this customer registered. Only a registration later than an erasure lets an erased id begin anew. */
  readonly registeredAt?: EpochMs;
  /** The token's own id (`jti`), for a shop that wants to find it in its log. */
  readonly tokenId?: string;
};

/** The public side of a key that signs a site's identity tokens. A site has at most two that live. */
export type IdentityKey = {
  readonly kid: string;
  readonly alg: "HS256" | "EdDSA";
  /** The public key as JWK text; `null` for HS256, whose secret is derived and kept nowhere. */
  readonly publicKey: string | null;
};
