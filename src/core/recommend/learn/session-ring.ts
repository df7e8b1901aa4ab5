/**
 * The sessions seen lately, each a short list of different items, in a ring: a new one takes the place of the oldest.
 * A session keeps its place while it grows. Items by number, the newest last.
 */
export type SessionRing = {
  readonly sessionsMax: number;
  readonly itemsMax: number;
  items: Uint32Array;
  lengths: Uint8Array;
  /** Label of the person whose session it was, so that one person's sessions are not several witnesses. */
  labels: Uint16Array;
  /** Sessions begun so far. The serial of the next; its place is the serial modulo `sessionsMax`. */
  begun: number;
};

/** A session that has no place yet. */
export const NO_SESSION = -1;

/** A ring for at most `sessionsMax` sessions of `itemsMax` items (up to 255). It grows as it fills. */
export const emptyRing = (sessionsMax: number, itemsMax: number): SessionRing => ({
  sessionsMax,
  itemsMax,
  items: new Uint32Array(0),
  lengths: new Uint8Array(0),
  labels: new Uint16Array(0),
  begun: 0,
});

/**
 * Notes what a session consists of now: its latest `itemsMax` items. A session of one item says nothing of any other
 * and gets no place yet.
 * @param serial what this returned for the session before; `NO_SESSION` at first
 * @returns the session's serial, a new one when its place has gone to another
 */
export function keepSession(
  ring: SessionRing,
  serial: number,
  label: number,
  items: readonly number[],
): number {
  if (ring.sessionsMax === 0 || items.length < 2) return serial;
  const isGone = serial < 0 || serial < ring.begun - ring.sessionsMax;
  const kept = isGone ? ring.begun++ : serial;
  const place = kept % ring.sessionsMax;
  widen(ring, place + 1);
  const length = Math.min(items.length, ring.itemsMax);
  for (let i = 0; i < length; i++) {
    ring.items[place * ring.itemsMax + i] = items[items.length - length + i]!;
  }
  ring.lengths[place] = length;
  ring.labels[place] = label;
  return kept;
}

/** How many sessions are kept. */
export const sessionsIn = (ring: SessionRing): number => Math.min(ring.begun, ring.sessionsMax);

/** Place of the `n`-th oldest session that is kept. */
export const placeOf = (ring: SessionRing, n: number): number =>
  ring.begun <= ring.sessionsMax ? n : (ring.begun + n) % ring.sessionsMax;

/** Renumbers the items after some were forgotten; `places` has −1 for those. */
export function renumberSessions(ring: SessionRing, places: Int32Array): void {
  for (let place = 0; place < sessionsIn(ring); place++) {
    const from = place * ring.itemsMax;
    let length = 0;
    for (let i = 0; i < ring.lengths[place]!; i++) {
      const item = places[ring.items[from + i]!]!;
      if (item >= 0) ring.items[from + length++] = item;
    }
    ring.lengths[place] = length;
  }
}

function widen(ring: SessionRing, sessions: number): void {
  if (sessions <= ring.lengths.length) return;
  const size = Math.min(ring.sessionsMax, Math.max(256, sessions, ring.lengths.length * 2));
  const { items, lengths, labels } = ring;
  ring.items = new Uint32Array(size * ring.itemsMax);
  ring.lengths = new Uint8Array(size);
  ring.labels = new Uint16Array(size);
  ring.items.set(items);
  ring.lengths.set(lengths);
  ring.labels.set(labels);
}
