import { describe, expect, test } from "vitest";
import { originOf } from "../../../src/core/customer/count.ts";
import type { Whole } from "../../../src/core/customer/customer.ts";
import { happened, Shop } from "./shop.ts";
