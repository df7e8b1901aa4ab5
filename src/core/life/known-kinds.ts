/** A life event that every site knows, as long as its config does not say otherwise. */
export type KnownKind = {
  readonly title: string;
  /** Only ever told by somebody, never concluded from what people do. */
  readonly isSensitive: boolean;
  /** It comes back every year: only its day and month are kept. */
  readonly isYearly: boolean;
  /** How long before its day it begins to matter, in days. */
  readonly leadDays: number;
  /** How long it matters after its day, or after it was told where it has none, in days. */
  readonly lastsDays: number;
};

const kind = (
  title: string,
  leadDays: number,
  lastsDays: number,
  more: Partial<KnownKind> = {},
): KnownKind => ({
  title,
  leadDays,
  lastsDays,
  isSensitive: false,
  isYearly: false,
  ...more,
});
const yearly = { isYearly: true };
const sensitive = { isSensitive: true };

/**
 * The kinds that need no config. Sensitive by nature are those whose inference tells what a person may have told nobody:
 * health, a pregnancy, a death, a separation, a faith. A new child is among them because nothing in a cart tells it from
 * a pregnancy, and a pregnancy may end without a child: a wrong guess hurts then, and so does a right one. Losing a job
 * is, too, while starting one is not. Weddings, moves, pets, studies, retirement and travel are ordinary.
 */
export const KNOWN_KINDS: Readonly<Record<string, KnownKind>> = {
  birthday: kind("Birthday", 30, 1, yearly),
  anniversary: kind("Anniversary", 30, 1, yearly),
  wedding: kind("Wedding", 365, 60),
  move: kind("Moving house", 90, 180),
  new_pet: kind("New pet", 30, 365),
  new_job: kind("New job", 30, 90),
  retirement: kind("Retirement", 90, 180),
  graduation: kind("Graduation", 60, 30),
  travel: kind("Travel", 90, 14),
  new_child: kind("New child", 180, 730, sensitive),
  pregnancy: kind("Pregnancy", 270, 1, sensitive),
  illness: kind("Illness", 1, 180, sensitive),
  bereavement: kind("Bereavement", 1, 365, sensitive),
  divorce: kind("Separation", 1, 365, sensitive),
  job_loss: kind("Loss of a job", 1, 180, sensitive),
  religious_event: kind("Religious event", 60, 30, sensitive),
};

/** A kind that the config adds without saying more. */
export const PLAIN_KIND = kind("", 30, 180);
