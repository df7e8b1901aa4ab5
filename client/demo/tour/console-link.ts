import type { Site } from "../site.ts";

/**
 * The console, signed in. Only the demo on one's own machine has a key to hand over; it stands behind the `#`, which no
 * browser sends to any server.
 */
export const consoleLink = ({ adminKey }: Site, page: string): string => `/console/#key=${adminKey}${page}`;
