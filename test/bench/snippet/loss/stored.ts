/** An event as the Worker has it. */
export type Stored = {
  readonly customer: string;
  readonly eventId: string;
  readonly type: string;
  /** The address told with it: what tells the events of a run apart. */
  readonly mark: string;
  readonly happenedAt: number;
  readonly receivedAt: number;
};

const PAGE = 900;

/** Everything the Worker would hand to the site's owner, by mark. */
export async function readStored(api: string, adminKey: string): Promise<Map<string, Stored[]>> {
  const byMark = new Map<string, Stored[]>();
  for (let after: string | null = ""; after !== null;) {
    const reply: Response = await fetch(
      `${api}/v1/export/events?format=ndjson&customers=${PAGE}&after=${after}`,
      {
        headers: { authorization: `Bearer ${adminKey}` },
      },
    );
    if (!reply.ok) throw new Error(`The export answered ${reply.status}: ${await reply.text()}`);
    after = reply.headers.get("concierge-next");
    for (const line of (await reply.text()).split("\n").filter(Boolean)) {
      const row = JSON.parse(line) as Record<string, string>;
      const mark = row["pageUrl"];
      if (mark === undefined) continue;
      const stored: Stored = {
        customer: row["customer"]!,
        eventId: row["eventId"]!,
        type: row["type"]!,
        mark,
        happenedAt: Date.parse(row["happenedAt"]!),
        receivedAt: Date.parse(row["receivedAt"]!),
      };
      byMark.set(mark, [...(byMark.get(mark) ?? []), stored]);
    }
  }
  return byMark;
}

/** Reads until two looks a second apart agree: an export lists people once their object has told of them. */
export async function readSettled(
  api: string,
  adminKey: string,
  isEnough: (stored: ReadonlyMap<string, readonly Stored[]>) => boolean,
): Promise<Map<string, Stored[]>> {
  const count = (stored: ReadonlyMap<string, readonly Stored[]>): number =>
    [...stored.values()].reduce((sum, rows) => sum + rows.length, 0);
  let last = await readStored(api, adminKey);
  for (let tries = 0; tries < 15; tries++) {
    await new Promise((done) => setTimeout(done, 1000));
    const next = await readStored(api, adminKey);
    if (count(next) === count(last) && (isEnough(next) || tries >= 5)) return next;
    last = next;
  }
  return last;
}
