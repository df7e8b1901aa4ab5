import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** A text that stands for one person in one place and occurs nowhere else. */
export type Canary = { readonly person: number; readonly channel: string; readonly text: string };

export type Hit = {
  readonly canary: Canary;
  readonly encoding: string;
  /** From the folder that was searched. */
  readonly file: string;
};

const bytes = (text: string, encoding: BufferEncoding = "utf8"): Buffer => Buffer.from(text, encoding);
const hash = (name: string, text: string): Buffer => bytes(createHash(name).update(text).digest("hex"));

/** What of a text's base64 stays the same whatever stands before it, for a text that begins `shift` bytes into a triple. */
function base64At(text: string, shift: number, encoding: "base64" | "base64url"): Buffer {
  const all = Buffer.concat([Buffer.alloc(shift), bytes(text)]);
  const whole = all.toString(encoding);
  return bytes(whole.slice(Math.ceil((shift * 8) / 6), Math.floor((all.length * 8) / 6)));
}

/** The forms in which a text may lie in a file. */
const ENCODINGS: Readonly<Record<string, (text: string) => Buffer[]>> = {
  "utf-8": (text) => [bytes(text)],
  "utf-16le": (text) => [bytes(text, "utf16le")],
  "utf-16be": (text) => [bytes(text, "utf16le").swap16()],
  hex: (text) => {
    const digits = bytes(text).toString("hex");
    return [bytes(digits), bytes(digits.toUpperCase())];
  },
  base64: (text) => [0, 1, 2].map((shift) => base64At(text, shift, "base64")),
  base64url: (text) => [0, 1, 2].map((shift) => base64At(text, shift, "base64url")),
  percent: (text) => {
    const all = [...bytes(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
    return [bytes(all), bytes(all.toUpperCase()), bytes(encodeURIComponent(text))];
  },
  json: (text) => {
    const all = [...text].map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`).join("");
    return [
      bytes(all),
      bytes(all.toUpperCase().replaceAll("\\U", "\\u")),
      bytes(JSON.stringify(text).slice(1, -1)),
    ];
  },
  sha256: (text) => [hash("sha256", text)],
  sha1: (text) => [hash("sha1", text)],
};
export const ENCODING_COUNT = Object.keys(ENCODINGS).length;

/** Needles are told apart by their first bytes. */
const HEAD = 12;

/** A long text is sought by its halves: a database may break it at the end of a page, and then one half is still whole. */
const piecesOf = (text: string): string[] =>
  text.length < 2 * HEAD ? [text] : [text.slice(0, HEAD), text.slice(-HEAD)];

const SLOTS = 1 << 22;
const slotOf = (a: number, b: number, c: number): number =>
  ((Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35)) >>> 10) % SLOTS;

type Needle = { readonly bytes: Buffer; readonly canary: Canary; readonly encoding: string };

/** Looks for many texts, each in many forms, in one pass over each file. */
export class Scanner {
  readonly #bySlot = new Map<number, Needle[]>();
  readonly #taken = new Uint8Array(SLOTS);

  constructor(canaries: Iterable<Canary>) {
    for (const canary of canaries) this.#addForms(canary);
  }

  #addForms(canary: Canary): void {
    const known = new Set<string>();
    for (const [encoding, forms] of Object.entries(ENCODINGS))
      for (const form of encoding.startsWith("sha")
        ? forms(canary.text)
        : piecesOf(canary.text).flatMap(forms)) {
        const name = form.toString("latin1");
        if (known.has(name)) continue;
        known.add(name);
        this.#add({ bytes: form, canary, encoding });
      }
  }

  #add(needle: Needle): void {
    if (needle.bytes.length < HEAD) throw new Error(`${needle.canary.text} is too short to be looked for.`);
    const at = (i: number) => needle.bytes.readInt32LE(i);
    const slot = slotOf(at(0), at(4), at(8));
    this.#taken[slot] = 1;
    this.#bySlot.set(slot, [...(this.#bySlot.get(slot) ?? []), needle]);
  }

  /** Every canary in every file under a folder, once per file and encoding. Files may come and go meanwhile. */
  scan(dir: string): { readonly hits: readonly Hit[]; readonly files: number; readonly bytes: number } {
    const hits: Hit[] = [];
    let files = 0;
    let size = 0;
    for (const entry of readdirSync(dir, { withFileTypes: true, recursive: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      let content: Buffer;
      try {
        content = readFileSync(path);
      } catch {
        continue; // Gone since it was listed: it holds nothing any more.
      }
      files++;
      size += content.length;
      const known = new Set<string>();
      for (const { canary, encoding } of this.search(content)) {
        const name = `${canary.text} ${encoding}`;
        if (known.has(name)) continue; // Both halves of one text.
        known.add(name);
        hits.push({ canary, encoding, file: relative(dir, path) });
      }
    }
    return { hits, files, bytes: size };
  }

  /** The canaries in some bytes, each once per encoding. */
  search(content: Buffer): ReadonlySet<Needle> {
    const found = new Set<Needle>();
    if (content.length < HEAD) return found;
    const taken = this.#taken;
    // Three windows of four bytes each slide along, one byte at a time.
    let [a, b, c] = [content.readInt32LE(0), content.readInt32LE(4), content.readInt32LE(8)];
    for (let i = 0; ; i++) {
      const slot = slotOf(a, b, c);
      if (taken[slot] === 1)
        for (const needle of this.#bySlot.get(slot)!)
          if (content.subarray(i, i + needle.bytes.length).equals(needle.bytes)) found.add(needle);
      if (i + HEAD >= content.length) return found;
      a = (a >>> 8) | (content[i + 4]! << 24);
      b = (b >>> 8) | (content[i + 8]! << 24);
      c = (c >>> 8) | (content[i + HEAD]! << 24);
    }
  }
}
