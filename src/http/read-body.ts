import { pointerInto, type Problem } from "../core/problem/problem.ts";
import { fail, succeed, type Result } from "../core/primitives/result.ts";
import { LIMITS } from "./limits.ts";

/** Reads a body as text: capped while it streams, and UTF-8 or nothing. */
export async function readText(
  request: Request,
  bytesMax: number = LIMITS.bodyBytesMax,
): Promise<Result<string>> {
  const tooLarge: Problem = {
    code: "body_too_large",
    detail: `A body may have at most ${bytesMax} bytes.`,
    cure: "Send fewer events or rows at a time.",
  };
  const stated = request.headers.get("content-length");
  if (stated !== null && Number(stated) > bytesMax) return fail(tooLarge);
  const bytes = await inTime(
    // A stated length is kept by the HTTP layer; only an unstated one has to be counted while it streams, which is slow.
    stated === null
      ? readCounted(request, bytesMax)
      : request.arrayBuffer().then((buffer) => new Uint8Array(buffer)),
    bytesMax,
  );
  if (bytes === STALLED)
    return fail({
      code: "body_stalled",
      detail: "The body did not come to its end in time.",
      cure: "Send it again, whole.",
    });
  if (bytes === undefined || bytes.byteLength > bytesMax) return fail(tooLarge);
  try {
    return succeed(STRICT.decode(bytes));
  } catch {
    return fail({
      code: "body_not_text",
      detail: "The body must be UTF-8 text.",
      cure: "Encode it as UTF-8, without compression.",
    });
  }
}

const STALLED = Symbol("stalled");

/** A body has ten seconds, and one more for every so many bytes that it may have. */
const BODY_MS = 10_000;
const BYTES_PER_MS = 64;

/** What is read, unless it is still under way when nobody waits any more: a connection that stalls must not be held for it. */
async function inTime<T>(reading: Promise<T>, bytesMax: number): Promise<T | typeof STALLED> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<typeof STALLED>((resolve) => {
    timer = setTimeout(() => resolve(STALLED), BODY_MS + bytesMax / BYTES_PER_MS);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
  }
}

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** A body without a stated length, or `undefined` as soon as it is too long. */
async function readCounted(request: Request, bytesMax: number): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > bytesMax) return undefined;
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** Reads a JSON body whatever its content type says: beacons arrive as text/plain so that no preflight is needed. */
export async function readJson(request: Request, bytesMax?: number): Promise<Result<unknown>> {
  const text = await readText(request, bytesMax);
  return text.ok ? parseJson(text.value) : text;
}

/** JSON that is safe to walk: bounded depth and width, no prototype keys, no NUL, no ill-formed Unicode. */
export function parseJson(text: string): Result<unknown> {
  if (depthOf(text) > LIMITS.depthMax) {
    return fail({ code: "body_too_deep", detail: `JSON may be nested at most ${LIMITS.depthMax} deep.` });
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return fail({
      code: "body_not_json",
      detail: "The body must be JSON.",
      cure: "Send the output of JSON.stringify.",
    });
  }
  const problem = defectOf(value, "");
  return problem ? fail(problem) : succeed(value);
}

/** Deepest nesting of brackets outside strings, in one pass over the text: told before anything recurses. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) {
      for (i++; i < text.length && text.charCodeAt(i) !== 34; i++) if (text.charCodeAt(i) === 92) i++;
    } else if (code === 91 || code === 123) {
      if (++depth > deepest) deepest = depth;
    } else if (code === 93 || code === 125) depth--;
  }
  return deepest;
}

const PROTOTYPE_KEYS = new Set(["__proto__", "constructor", "prototype"]);

function defectOf(value: unknown, pointer: string): Problem | undefined {
  if (typeof value === "string") return textDefect(value, pointer);
  if (typeof value === "number") {
    return Number.isFinite(value)
      ? undefined
      : { code: "body_hostile", pointer, detail: "Numbers must be finite." };
  }
  if (value === null || typeof value !== "object") return undefined;
  if (Array.isArray(value)) {
    if (value.length > LIMITS.widthMax) return tooWide(pointer);
    for (let i = 0; i < value.length; i++) {
      const defect = defectOf(value[i], `${pointer}/${i}`);
      if (defect) return defect;
    }
    return undefined;
  }
  const keys = Object.keys(value);
  if (keys.length > LIMITS.widthMax) return tooWide(pointer);
  for (const key of keys) {
    if (PROTOTYPE_KEYS.has(key))
      return {
        code: "body_hostile",
        pointer,
        detail: "A key of this object belongs to prototypes.",
        cure: "Rename the field.",
      };
    const place = pointerInto(pointer, key);
    const defect = textDefect(key, pointer) ?? defectOf((value as Record<string, unknown>)[key], place);
    if (defect) return defect;
  }
  return undefined;
}

function textDefect(text: string, pointer: string): Problem | undefined {
  if (text.length > LIMITS.stringMax)
    return {
      code: "body_hostile",
      pointer,
      detail: `Texts may have at most ${LIMITS.stringMax} characters.`,
    };
  if (text.includes("\0")) return { code: "body_hostile", pointer, detail: "Text may not contain U+0000." };
  if (!text.isWellFormed())
    return { code: "body_hostile", pointer, detail: "Text must be well-formed Unicode." };
  return undefined;
}

const tooWide = (pointer: string): Problem => ({
  code: "body_too_deep",
  pointer,
  detail: `Objects and arrays may have at most ${LIMITS.widthMax} entries.`,
});
