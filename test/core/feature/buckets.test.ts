import { expect, test } from "vitest";
import { BUCKET_CHECKSUMS, bucketChecksum } from "./bucket-checksum.ts";

// A million by BUCKETS=1000000; the same numbers are asked in workerd and in a browser.
test("units lie where they always did", () => {
  const units = process.env["BUCKETS"] === "1000000" ? 1_000_000 : 100_000;
  expect(bucketChecksum(units)).toBe(BUCKET_CHECKSUMS[units]);
});
