import { connectBanner } from "../banner.ts";

connectBanner();
