/** A share as a bar, for columns of tables; the number stands beside it. @param share 0 to 1 */
export function Bar({ share, label }: { readonly share: number; readonly label: string }) {
  const whole = Math.max(0, Math.min(1, share));
  return (
    <span class="bar">
      <span class="bar-track" aria-hidden="true">
        <span class="bar-fill" style={{ width: `${whole * 100}%` }} />
      </span>
      <span class="bar-label">{label}</span>
    </span>
  );
}
