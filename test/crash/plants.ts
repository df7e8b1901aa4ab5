/** A change of the product's text. */
export type Edit = {
  /** From the repository's folder. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
};

/** A fault that is put into the product on purpose, to see whether the harness notices. */
export type Plant = {
  readonly name: string;
  /** What goes wrong, in a line. */
  readonly note: string;
  /** How the defects begin by which it is found; any of them will do, others do not count. */
  readonly caughtBy: readonly string[];
  readonly edits: readonly Edit[];
};

const CUSTOMER = "src/objects/customer-object.ts";
const DISPATCH = "src/objects/dispatch.ts";
const LEDGER = "src/objects/ledger-object.ts";
const BEHAVIOUR = "src/objects/behaviour-log.ts";

const COMMITS = "const taken = this.#commit(() => this.#take(call, keys, now));";
/** What the call would come to, with nothing stored. */
const REHEARSED = `let early;
    try {
      this.#commit(() => {
        early = this.#take(call, keys, now);
        throw new Error("rehearsed");
      });
    } catch {}`;
/** Sends what a call adds to the numbers straight to the ledger, under a name of its own. */
const sendsDirectly = (row: string): string =>
  `this.env.LEDGER.get(this.env.LEDGER.idFromString(call.receivers.ledger)).receive({ source: randomText(18), parcels: [{ seq: 1, payload: JSON.stringify({ deltas: ${row}.deltas }) }] })`;
/** The outbox then leaves out what was sent directly. */
const WITHOUT_DIRECT: Edit = {
  file: DISPATCH,
  find: "const sums = parcels(({ deltas, claims }) =>",
  replace:
    'const sums = parcels(({ deltas: all, claims, source }, deltas = ["ledger", "merge", "unmerge"].includes(source) ? all : []) =>',
};

export const PLANTS: readonly Plant[] = [
  {
    name: "ack-before-commit",
    note: "The answer goes out from memory; the rows are written a moment later.",
    caughtBy: ["acknowledged and lost"],
    edits: [
      {
        file: CUSTOMER,
        find: COMMITS,
        replace: `${REHEARSED}
    this.ctx.waitUntil(new Promise((resolve) => setTimeout(resolve, 60)).then(() => {
      if (this.#commit(() => this.#take(call, keys, now)).row) this.#dispatch.start(now);
    }));
    const taken = { answers: early.answers, withdrawn: [] };`,
      },
    ],
  },
  {
    name: "call-before-commit",
    note: "The ledger is told first, then the rows are written; no outbox.",
    caughtBy: ["the ledger differs from what was reported"],
    edits: [
      {
        file: CUSTOMER,
        find: COMMITS,
        replace: `${REHEARSED}
    if (early.row?.deltas.length > 0) await ${sendsDirectly("early.row")};
    ${COMMITS}`,
      },
      WITHOUT_DIRECT,
    ],
  },
  {
    name: "call-after-answer",
    note: "The rows are written and answered, then the ledger is told in the background; no outbox.",
    caughtBy: ["the ledger differs from what was reported"],
    edits: [
      {
        file: CUSTOMER,
        find: COMMITS,
        replace: `${COMMITS}
    if (taken.row?.deltas.length > 0) this.ctx.waitUntil(${sendsDirectly("taken.row")});`,
      },
      WITHOUT_DIRECT,
    ],
  },
  {
    name: "reshard-under-way",
    note: "A customer moves on to another shard while what it told the old one is not confirmed.",
    caughtBy: ["the ledger differs from what was reported"],
    edits: [
      {
        file: CUSTOMER,
        find: "if (customer.sent === customer.nextSeq - 1) customer.tally",
        replace: "customer.tally",
      },
    ],
  },
  {
    name: "ledger-without-receipts",
    note: "The ledger adds whatever it is sent, also what it has added before.",
    caughtBy: ["the ledger differs from what was reported"],
    edits: [
      {
        file: "src/store/receipts.ts",
        find: "if (parcel.seq <= last) continue;",
        replace: "",
      },
    ],
  },
  {
    name: "model-without-receipts",
    note: "The behaviour log appends whatever it is sent, also what it holds already.",
    caughtBy: ["a row taught not once"],
    edits: [
      {
        file: BEHAVIOUR,
        find: "if (arrival.entry[1] <= last) continue;",
        replace: "",
      },
    ],
  },
  {
    name: "no-dedupe",
    note: "Event ids are not compared with what was taken in before.",
    caughtBy: ["accepted twice"],
    edits: [
      {
        file: "src/core/customer/take.ts",
        find: "const known = state.fresh.get(id) ?? digestBefore(customer, memory, event);",
        replace: "const known = state.fresh.get(id);",
      },
    ],
  },
  {
    name: "dedupe-in-memory",
    note: "The snippet's counters are remembered by the process and not by the row.",
    caughtBy: ["accepted twice"],
    edits: [
      {
        file: "src/core/customer/customer.ts",
        find: "for (const name of MAPS) plain[name] = [...customer[name]];",
        replace: 'for (const name of MAPS) plain[name] = [...customer[name]];\n  plain["streams"] = [];',
      },
    ],
  },
  {
    name: "alarm-throws",
    note: "The customer's alarm throws before it does anything.",
    caughtBy: ["never reached the ledger"],
    edits: [
      {
        file: CUSTOMER,
        find: "override async alarm(): Promise<void> {",
        replace: 'override async alarm(): Promise<void> {\n    throw new Error("planted");',
      },
    ],
  },
  {
    name: "no-alarm",
    note: "What is owed leaves by timer only; no alarm is ever set.",
    caughtBy: ["never reached the ledger"],
    edits: [
      {
        file: DISPATCH,
        find: "void this.#sender.ctx.storage.setAlarm(at);",
        replace: "",
      },
    ],
  },
  {
    name: "cursor-too-early",
    note: "The cursor moves before the receivers have confirmed.",
    caughtBy: [
      "never reached the ledger",
      "the ledger differs from what was reported",
      "a row taught not once",
    ],
    edits: [
      {
        file: DISPATCH,
        find: "const verdicts = await this.#send(customer, rows);",
        replace:
          "customer.sent = rows.at(-1)!.seq;\n        const verdicts = await this.#send(customer, rows);",
      },
    ],
  },
  {
    name: "split-transaction",
    note: "The log row is committed first, the state row in a turn of its own.",
    caughtBy: ["accepted twice", "stored twice", "acknowledged and lost", "stored, and by nobody"],
    edits: [
      {
        file: CUSTOMER,
        find: "    store.saveOrders(customer.orders, taken.changedOrders);\n    store.save(customer);\n    return taken;",
        replace:
          "    store.saveOrders(customer.orders, taken.changedOrders);\n    setTimeout(() => store.save(customer), 25);\n    return taken;",
      },
    ],
  },
  {
    name: "confirm-before-commit",
    note: "The ledger confirms what it has only gathered, for a second and a half.",
    caughtBy: ["never reached the ledger", "the ledger differs from what was reported"],
    edits: [
      { file: LEDGER, find: "const COMMIT_MS = 50;", replace: "const COMMIT_MS = 1_500;" },
      {
        file: LEDGER,
        find: "return this.#commits.add(shipment);",
        replace: `const added = this.#commits.add(shipment);
    return shipment.party === undefined ? Promise.resolve({ last: shipment.parcels.at(-1)!.seq, verdicts: {} }) : added;`,
      },
    ],
  },
  {
    name: "receipt-before-slice",
    note: "The behaviour log notes a batch as received before a slice holds it.",
    caughtBy: ["a row taught not once"],
    edits: [
      {
        file: BEHAVIOUR,
        find: "await this.slice(slice.object).append(writer, [{ batch, entries }]);",
        replace: "",
      },
      {
        file: BEHAVIOUR,
        find: "this.lagMs = Date.now() - Math.min(...fresh.map(({ at }) => at ?? Date.now()));",
        replace:
          "await new Promise((resolve) => setTimeout(resolve, 20));\n      await this.slice(slice.object).append(writer, [{ batch, entries }]);",
      },
    ],
  },
  {
    name: "slice-not-asked",
    note: "After a crash nobody asks the slice for a batch it holds and nobody confirmed.",
    caughtBy: ["a row taught not once"],
    edits: [
      {
        file: BEHAVIOUR,
        find: "await this.slice(slice.object).append(writer, [{ batch, entries }]);",
        replace:
          "await this.slice(slice.object).append(writer, [{ batch, entries }]);\n      await new Promise((resolve) => setTimeout(resolve, 20));",
      },
      {
        file: BEHAVIOUR,
        find: "this.#confirm(batch, parseBatch(entries), entries.length);",
        replace: "void [batch, entries];",
      },
    ],
  },
  {
    name: "erase-by-delete",
    note: "An erasure deletes rows instead of clearing the storage.",
    caughtBy: ["erased, and bytes are left"],
    edits: [
      {
        file: CUSTOMER,
        find: "await this.ctx.storage.deleteAll();",
        replace: `for (const table of ["state", "log", "seen", "orders"])
      if (this.ctx.storage.sql.exec("SELECT 1 FROM sqlite_master WHERE name = ?", table).toArray().length > 0)
        this.ctx.storage.sql.exec("DELETE FROM " + table);`,
      },
    ],
  },
  {
    name: "erase-without-tombstone",
    note: "The ledger does not remember who was erased.",
    caughtBy: ["erased and stored"],
    edits: [
      {
        file: LEDGER,
        find: "saveBurial(storage, object, next);",
        replace: "",
      },
    ],
  },
  {
    name: "erase-keeps-numbers",
    note: "An erasure does not take back what the person had added.",
    caughtBy: ["the ledger differs from what was reported"],
    edits: [
      {
        file: "src/core/customer/contributions.ts",
        find: "reversed(contributions(customer, rows))",
        replace: "reversed(contributions(customer, rows)).slice(0, 0)",
      },
    ],
  },
  {
    name: "source-reused",
    note: "The source is derived from the object's name, so whoever comes back after an erasure has the old one.",
    caughtBy: [
      "never reached the ledger",
      "the ledger differs from what was reported",
      "a row taught not once",
    ],
    edits: [
      {
        file: CUSTOMER,
        find: "newCustomer({ source: randomText(18), site, receivers }, now)",
        replace: "newCustomer({ source: this.ctx.id.toString(), site, receivers }, now)",
      },
    ],
  },
  {
    name: "merge-not-idempotent",
    note: "A hand-over that comes again is taken over again; and its confirmation is slow.",
    caughtBy: ["stored twice"],
    edits: [
      {
        file: "src/core/customer/join.ts",
        find: "const last = known?.last ?? 0;",
        replace: "const last = 0;",
      },
      {
        file: CUSTOMER,
        find: "if (this.#known !== customer || customer.mark !== mark) return;",
        replace:
          "await new Promise((resolve) => setTimeout(resolve, 400));\n    if (this.#known !== customer || customer.mark !== mark) return;",
      },
    ],
  },
  {
    name: "order-per-channel",
    note: "Every side that tells an order counts it.",
    caughtBy: ["a customer's rows and events differ"],
    edits: [
      {
        file: "src/core/order/settle.ts",
        find: "const counts = home === party && truth !== undefined;",
        replace: "const counts = truth !== undefined;",
      },
    ],
  },
  {
    name: "consent-outside",
    note: "Consent is taken from what the request states, not from the record in the transaction.",
    caughtBy: ["kept without any consent"],
    edits: [
      {
        file: "src/core/customer/take.ts",
        find: "if (needed.length > 0 && !needed.some((purpose) => permits(customer.consent, purpose, now)))",
        replace:
          "if (needed.length > 0 && !needed.some((purpose) => call.consent[purpose] === true || permits(customer.consent, purpose, now)))",
      },
    ],
  },
];
