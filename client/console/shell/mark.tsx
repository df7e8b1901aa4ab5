import { WORDS } from "../words/shell.ts";

/** The product's sign and name. */
export function Mark() {
  return (
    <span class="mark">
      <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
        <rect width="32" height="32" rx="8" fill="currentColor" class="mark-ground" />
        <path
          d="M7 22h18M9 22a7 7 0 0 1 14 0M16 12v3"
          fill="none"
          stroke="#fff"
          stroke-width="2.4"
          stroke-linecap="round"
        />
        <circle cx="16" cy="10.6" r="1.7" fill="#fff" />
      </svg>
      {WORDS.product}
    </span>
  );
}
