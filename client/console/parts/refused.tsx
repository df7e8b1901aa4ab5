import type { Refusal } from "../api/refusal.ts";
import { WORDS } from "../words/parts.ts";
import { Button } from "./button.tsx";

/** A refusal: what, where, and what to do about it. */
export function Refused({ refusal, onRetry }: { readonly refusal: Refusal; readonly onRetry?: () => void }) {
  return (
    <div class="refused" role="alert">
      <p>
        <strong>{refusal.title || refusal.code}</strong> {refusal.detail}
      </p>
      {refusal.pointer !== undefined && (
        <p>
          <code>{WORDS.at(refusal.pointer)}</code>
        </p>
      )}
      {refusal.cure !== undefined && <p>{refusal.cure}</p>}
      {onRetry && <Button onClick={onRetry}>{WORDS.retry}</Button>}
    </div>
  );
}
