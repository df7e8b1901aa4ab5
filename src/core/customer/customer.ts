import { newAttention, type Attention } from "./attention.ts";
import type { ConsentRecord, Grant, Purpose } from "../consent/consent.ts";
import type { Stake } from "../event/resolved.ts";
import type { Totals } from "../experiment/measures.ts";
import type { Order } from "../order/order.ts";
import type { EpochMs } from "../primitives/time.ts";
import { newProfile, plainProfile, readProfile, type Profile } from "../profile/profile.ts";
import type { Streams } from "./stream.ts";

/** Receivers of what a customer's object owes the site, as object ids. */
export type Receivers = { readonly model: string; readonly ledger: string; readonly courier: string };

/**
 * The object that adds up what a customer contributes, of those a site's sums are spread over; `undefined`: the ledger itself.
 * @param object the customer's object id, a hash in hex @param shards those beside the ledger
 * @example tallyOf("00000001…", ["b"]) // "b"
 */
export function tallyOf(object: string, shards: readonly string[]): string | undefined {
  const place = Number.parseInt(object.slice(0, 8), 16) % (shards.length + 1);
  return place === 0 ? undefined : shards[place - 1];
}

/** How long what is kept, in days. */
export type Retention = {
  readonly behaviourDays: number;
  readonly orderDays: number;
  /** After so long without any event everything goes. */
  readonly idleDays: number;
};

/** What this customer's reports said of one experiment so far. */
export type Credit = {
  readonly variation: string;
  readonly stake?: Stake | undefined;
  readonly totals: Totals;
};

/** A visitor whose history was handed over to this customer. */
export type Joined = {
  /** The visitor's source: names their log rows here, and what they taught the model. */
  readonly source: string;
  /** The visitor's object id. */
  readonly from: string;
  /** Last sequence of theirs that was taken over. */
  last: number;
  readonly at: EpochMs;
  /** Contributions of rows of theirs that retention has taken, by name of the number. */
  bygone: readonly (readonly [name: string, by: number])[];
  /** Grants that came with them, and what was there before, so that a merge can be undone. */
  grants: Adopted[];
  /** Their record as it was handed over last. */
  consent: ConsentRecord;
};

/** A grant that was taken over from a visitor. */
export type Adopted = { readonly purpose: Purpose; readonly grant: Grant; readonly before: Grant | null };

/** Left behind by a visitor who turned out to be a known customer. */
export type Mark = {
  /** The customer's object id. */
  readonly into: string;
  readonly at: EpochMs;
  /** Everything up to this sequence was handed over and confirmed. */
  handed: number;
};

export type Erasing = {
  readonly receipt: string;
  readonly at: EpochMs;
  /** The customer's id for the site's receivers, sealed: it will lie in a shared object until they are told. */
  readonly sealedId?: string | undefined;
  /** Rows up to here are taken back by the customer this visitor was joined to. */
  readonly upTo?: number | undefined;
};

/** Everything stored about one customer, except the log, single event ids and orders: those have tables. */
export type Customer = {
  readonly v: 2;
  /** Random, minted when this storage was empty: the only name shared objects know this person by. */
  readonly source: string;
  readonly site: string;
  readonly receivers: Receivers;
  /** Where contributions are added up, if not in the ledger. Changes only while none is on its way: see `tallyOf`. */
  tally?: string | undefined;
  /** What the shop calls them; absent for a visitor. */
  customerId?: string | undefined;
  readonly bornAt: EpochMs;
  /** Erased before, and come back by a signed registration: nothing older is taken in. */
  notBefore?: EpochMs | undefined;
  /** An erasure that has begun and must be brought to its end. */
  erasing?: Erasing | undefined;
  /** When anything was last taken in. */
  touchedAt: EpochMs;
  /** Next sequence of the log. */
  nextSeq: number;
  /** Up to here the log was delivered, as far as the row knows. Receivers recognise repeats. */
  sent: number;
  consent: ConsentRecord;
  isPaused: boolean;
  hidden: Set<string>;
  /** Event ids taken in, for senders that count. */
  streams: Streams;
  /** Decision tokens already spent, by decision, slot and act, until they expire. */
  spent: Map<string, EpochMs>;
  /** Device bindings ended by `reset`, until they expire by themselves. */
  endedDevices: Map<string, EpochMs>;
  credits: Map<string, Credit>;
  retention: Retention;
  joined: Joined[];
  /** Visitors whose merge was undone and who still have to be told, by object id. */
  parted?: string[] | undefined;
  /** Purposes whose end the courier still has to be told of. */
  ended?: Purpose[] | undefined;
  mark?: Mark | undefined;
  /** Contributions of log rows that retention has taken, by name of the number. */
  bygone: Map<string, number>;
  /** Logs of this person that came from other deployments, by their names there, and up to which row. */
  moved?: readonly { readonly source: string; readonly last: number; readonly isWhole?: true }[] | undefined;
  /** Conflicts: same id, other content. The first one stays. */
  conflicts: number;
  profile: Profile;
  /** What follows from the site's segments and triggers, and what the ledger was told. */
  attention: Attention;
};

/** A customer in memory: the state and the orders, which are rows of their own. */
export type Whole = Customer & { readonly orders: Map<string, Order> };

export const RETENTION_DEFAULT: Retention = { behaviourDays: 400, orderDays: 3650, idleDays: 1095 };

export function newCustomer(
  identity: { readonly source: string; readonly site: string; readonly receivers: Receivers },
  now: EpochMs,
): Whole {
  return {
    v: 2,
    ...identity,
    bornAt: now,
    touchedAt: now,
    nextSeq: 1,
    sent: 0,
    consent: {},
    isPaused: false,
    hidden: new Set(),
    streams: new Map(),
    spent: new Map(),
    endedDevices: new Map(),
    credits: new Map(),
    retention: RETENTION_DEFAULT,
    joined: [],
    bygone: new Map(),
    conflicts: 0,
    profile: newProfile(),
    attention: newAttention(),
    orders: new Map(),
  };
}

/** The layout of the state that this build writes. */
const LAYOUT = 2;
const MAPS = ["streams", "spent", "endedDevices", "credits", "bygone"] as const;

/** The state as one JSON text. */
export function encodeCustomer(customer: Whole): string {
  const { orders: _orders, profile, ...rest } = customer;
  const plain: Record<string, unknown> = {
    ...rest,
    hidden: [...customer.hidden],
    profile: plainProfile(profile),
  };
  for (const name of MAPS) plain[name] = [...customer[name]];
  return JSON.stringify(plain);
}

export function decodeCustomer(text: string, orders: Map<string, Order>): Whole {
  const plain = JSON.parse(text) as Record<string, unknown>;
  // Read as far as it is understood, it would be written back without the rest.
  if ((plain["v"] as number) > LAYOUT)
    throw new Error(
      `The store is at version ${plain["v"] as number}; this build knows ${LAYOUT}. Deploy the newer build.`,
    );
  for (const name of MAPS) plain[name] = new Map(plain[name] as [string, unknown][]);
  // Credits of an earlier form say nothing of what was reported; the customer reports anew.
  const credits = plain["credits"] as Map<string, Partial<Credit>>;
  for (const [key, { totals }] of credits) if (totals === undefined) credits.delete(key);
  plain["hidden"] = new Set(plain["hidden"] as string[]);
  plain["profile"] = readProfile(plain["profile"] as Record<string, unknown>);
  plain["attention"] = { ...newAttention(), ...(plain["attention"] as Partial<Attention> | undefined) };
  plain["orders"] = orders;
  return plain as unknown as Whole;
}
