import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Whole } from "../../../src/core/customer/customer.ts";
import { audienceChange, type AudienceLine } from "../../../src/core/export/audience-change.ts";
import { audienceMember, biddingValue, type AudienceMember } from "../../../src/core/export/audience.ts";
import { plainEmail, plainPhone } from "../../../src/core/export/contact.ts";
import { DAY, happened, NOW, Shop } from "../customer/shop.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hash = (text: string) => Promise.resolve(sha256(text));

describe("identifiers", () => {
  test.each([
    [" Jane.Doe@Shop.Example ", "jane.doe@shop.example", "jane.doe@shop.example"],
    ["Jane.Doe+News@Gmail.com", "janedoe+news@gmail.com", "jane.doe+news@gmail.com"],
    ["j.d@googlemail.com", "jd@googlemail.com", "j.d@googlemail.com"],
    ["jane doe@shop.example", undefined, undefined],
    ["jane@shop", undefined, undefined],
    ["jane@@shop.example", undefined, undefined],
    ["...@gmail.com", undefined, "...@gmail.com"],
    ["", undefined, undefined],
  ])("the address %j", (text, google, meta) => {
    expect([plainEmail(text, "google"), plainEmail(text, "meta")]).toEqual([google, meta]);
  });

  test.each([
    ["(650) 555-1212", "1", "+16505551212"],
    ["+44 (0)20 7031 3000", undefined, "+442070313000"],
    ["0043 664 1234567", undefined, "+436641234567"],
    ["0664/123 45 67", "43", "+436641234567"],
    ["06 1234 5678", "39", "+390612345678"],
    ["0664 1234567", undefined, undefined],
    ["+43 664 123 ext. 4", undefined, undefined],
    ["+1234567", undefined, undefined],
    ["+1234567890123456", undefined, undefined],
    ["+0664123456", undefined, undefined],
  ])("the number %j with %j", (text, callingCode, e164) => {
    expect(plainPhone(text, "google", callingCode)).toBe(e164);
    expect(plainPhone(text, "meta", callingCode)).toBe(e164?.slice(1));
  });

  // Published examples of Meta's "Customer information parameters".
  test("hash to what the platform publishes", () => {
    expect(sha256(plainEmail("John_Smith@gmail.com", "meta")!)).toBe(
      "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f",
    );
    expect(sha256(plainPhone("(650)555-1212", "meta", "1")!)).toBe(
      "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
    );
  });
});

test.each([
  [123_456, "EUR", 1200],
  [123_456, "JPY", 120_000],
  [123_456, "KWD", 120],
  [99, "EUR", 0.99],
  [-5, "EUR", 0],
  [0, "EUR", 0],
  [995_000, "EUR", 10_000],
])("%i minor units of %s bid %f", (minor, currency, value) => {
  expect(biddingValue({ minor, currency })).toBe(value);
});

describe("a member", () => {
  const given = {
    segment: "loyal",
    platform: "meta",
    value: { minor: 123_456, currency: "EUR" },
    hash,
  } as const;

  function customer(more: Partial<Whole> = {}): Whole {
    const person = new Shop().person("p");
    const traits = { email: "Jane@Shop.example", phone: "+43 664 1234567" };
    person.tell([happened("traits_updated", { traits })], {
      consent: { personalization: true, marketing: true },
    });
    const { attention } = person.customer!;
    return { ...person.customer!, attention: { ...attention, segments: [["loyal", NOW]] }, ...more };
  }

  test("is told by hashes and a rounded value", async () => {
    expect(await audienceMember(customer(), given, NOW)).toEqual({
      emailSha256: sha256("jane@shop.example"),
      phoneSha256: sha256("436641234567"),
      value: 1200,
      currency: "EUR",
    });
  });

  test.each<[string, Partial<Whole>, number]>([
    ["without a grant", { consent: {} }, NOW],
    ["whose grant has run out", {}, NOW + 701 * DAY],
    ["who wants to be left alone", { isPaused: true }, NOW],
    ["who is being erased", { erasing: { receipt: "r", at: NOW } }, NOW],
    ["who became somebody else", { mark: { into: "x", at: NOW, handed: 0 } }, NOW],
    ["who hides how to reach them", { hidden: new Set(["trait:email", "trait:phone"]) }, NOW],
  ])("is nobody %s", async (_who, more, now) => {
    expect(await audienceMember(customer(more), given, now)).toBeUndefined();
  });

  test("is nobody outside the segment, and keeps a hidden address out", async () => {
    expect(await audienceMember(customer(), { ...given, segment: "other" }, NOW)).toBeUndefined();
    const member = await audienceMember(customer({ hidden: new Set(["trait:email"]) }), given, NOW);
    expect(Object.keys(member!)).toEqual(["phoneSha256", "value", "currency"]);
  });
});

describe("what changes", () => {
  const member = (email: string, value?: number, phone?: string): AudienceMember => ({
    emailSha256: email,
    ...(phone === undefined ? {} : { phoneSha256: phone }),
    ...(value === undefined ? {} : { value, currency: "EUR" }),
  });

  test("is told once: additions, new values, and removals first", () => {
    const first = audienceChange(new Map(), [member("a", 10, "1"), member("b", 20)]);
    expect(first.lines).toEqual([
      { op: "add", emailSha256: "a", phoneSha256: "1", value: 10, currency: "EUR" },
      { op: "add", emailSha256: "b", value: 20, currency: "EUR" },
    ]);
    expect(audienceChange(first.told, [member("b", 20), member("a", 10, "1")]).lines).toEqual([]);
    const then = audienceChange(first.told, [member("b", 30), member("c")]);
    expect(then.lines).toEqual([
      { op: "remove", emailSha256: "a" },
      { op: "remove", phoneSha256: "1" },
      { op: "add", emailSha256: "b", value: 30, currency: "EUR" },
      { op: "add", emailSha256: "c" },
    ]);
  });

  test("lines leave the platform with exactly the members there are, in whatever order they come", () => {
    const members = fc.array(
      fc.tuple(
        fc.constantFrom("a", "b", "c", "d"),
        fc.option(fc.integer({ min: 0, max: 3 })),
        fc.option(fc.constantFrom("1", "2")),
      ),
      { maxLength: 6 },
    );
    const made = (list: readonly (readonly [string, number | null, string | null])[]) =>
      list.map(([email, value, phone]) => member(email, value ?? undefined, phone ?? undefined));
    fc.assert(
      fc.property(members, members, (one, other) => {
        const before = audienceChange(new Map(), made(one)).told;
        const { lines, told } = audienceChange(before, made(other));
        expect(obeyed(before, lines)).toEqual(told);
        expect([...audienceChange(before, made(other.toReversed())).told].sort()).toEqual([...told].sort());
        expect(audienceChange(told, made(other)).lines).toEqual([]);
      }),
    );
  });

  /** What a platform holds after it did as the lines say. */
  function obeyed(before: ReadonlyMap<string, string>, lines: readonly AudienceLine[]): Map<string, string> {
    const held = new Map(before);
    for (const line of lines) {
      const { emailSha256, phoneSha256 }: AudienceMember = line;
      const names = [
        ...(emailSha256 === undefined ? [] : [`email:${emailSha256}`]),
        ...(phoneSha256 === undefined ? [] : [`phone:${phoneSha256}`]),
      ];
      for (const name of names)
        if (line.op === "remove") held.delete(name);
        else held.set(name, line.value === undefined ? "" : `${line.value} ${line.currency}`);
    }
    return held;
  }
});
