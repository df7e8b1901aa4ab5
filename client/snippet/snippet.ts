import { start } from "./start.ts";

/** The script tag's way in. */
start();
