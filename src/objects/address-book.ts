import type { EpochMs } from "../core/primitives/time.ts";
import { HOUR_MS } from "../core/primitives/time.ts";
import type { Problem } from "../core/problem/problem.ts";
import {
  ENDPOINTS_MAX,
  endpointUrlDefect,
  type Endpoint,
  type EndpointRequest,
} from "../core/webhook/endpoint.ts";
import { firstSecret, rotate } from "../core/webhook/secret-version.ts";
import { dropEndpoint, dropUnwanted, parkAll, readEndpoints, saveEndpoint } from "../store/courier-store.ts";
import type { Storage } from "../store/sql.ts";

/** Where a site's notices go. The table is the truth, the list in memory a copy of it. */
export class AddressBook {
  readonly #storage: Storage;
  #endpoints: readonly Endpoint[];

  constructor(storage: Storage) {
    this.#storage = storage;
    this.#endpoints = readEndpoints(storage);
  }

  all(): readonly Endpoint[] {
    return this.#endpoints;
  }

  find(id: string): Endpoint | undefined {
    return this.#endpoints.find((one) => one.id === id);
  }

  /** Adds or changes an endpoint. What was queued for it and is no longer asked for is dropped. */
  put(
    id: string,
    { enabled, ...asked }: EndpointRequest,
    ownHost: string,
    now: EpochMs,
  ): { readonly endpoint: Endpoint; readonly isNew: boolean } | Problem {
    const defect = endpointUrlDefect(asked.url, ownHost);
    if (defect !== undefined)
      return {
        code: "unsafe_webhook_url",
        pointer: "/url",
        detail: `The address may not be ${defect}.`,
        cure: "Use https, a public DNS name and the standard port.",
      };
    const known = this.find(id);
    if (!known && this.#endpoints.length >= ENDPOINTS_MAX)
      return {
        code: "too_many_webhooks",
        detail: `A site may have at most ${ENDPOINTS_MAX} endpoints.`,
        cure: "Delete one that is no longer needed.",
      };
    const endpoint: Endpoint = {
      ...(known ?? { createdAt: now, secrets: firstSecret(now) }),
      ...asked,
      id,
      state: enabled ? "enabled" : "disabled",
      why: enabled ? "" : "Switched off.",
    };
    this.#change(() => {
      saveEndpoint(this.#storage, endpoint);
      if (known) dropUnwanted(this.#storage, endpoint);
      if (!enabled) parkAll(this.#storage, id, now);
    });
    return { endpoint, isNew: known === undefined };
  }

  /** Sends to an endpoint no more; what waits for it is parked. */
  disable(id: string, why: string, now: EpochMs): void {
    const known = this.find(id);
    if (!known) return;
    this.#change(() => {
      saveEndpoint(this.#storage, { ...known, state: "disabled", why });
      parkAll(this.#storage, id, now);
    });
  }

  delete(id: string): boolean {
    if (!this.find(id)) return false;
    this.#change(() => dropEndpoint(this.#storage, id));
    return true;
  }

  rotate(id: string, overlapHours: number, now: EpochMs): Endpoint | undefined {
    const known = this.find(id);
    if (!known) return undefined;
    const next = { ...known, secrets: rotate(known.secrets, now, overlapHours * HOUR_MS) };
    this.#change(() => saveEndpoint(this.#storage, next));
    return next;
  }

  /** The copy follows the table, also when the transaction was undone. */
  #change(write: () => void): void {
    try {
      this.#storage.transactionSync(write);
    } finally {
      this.#endpoints = readEndpoints(this.#storage);
    }
  }
}
