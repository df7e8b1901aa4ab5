/** How far a long work is; without a value, that it goes on. */
export function Progress({
  label,
  value,
  max,
}: {
  readonly label: string;
  readonly value?: number;
  readonly max?: number;
}) {
  return (
    <label class="progress">
      <span>{label}</span>
      <progress {...(value === undefined ? {} : { value, max: max ?? 1 })} />
    </label>
  );
}
