/**
 * Beginnings of words, without accents, by which a kind that a site adds is taken for sensitive: children and
 * pregnancies, health, death, separation, faith, sexuality, hardship, in English, German, French, Spanish and Italian. A
 * net, not a proof: it catches who did not think of it, and a word too many only means that the kind has to be told.
 */
const BEGINNINGS: readonly string[] = [
  "pregnan expecting trimester matern patern birth baby babies newborn child infant toddler fertil miscarr abort",
  "schwanger gebor geburt kinder saugling enceinte grossesse naissance bebe enfant embaraz nacimiento gravidanza bambin",
  "health illness disease sick diagnos hospital surgery cancer diabet disab therap addict rehab depress medic gesund",
  "krank sante malad salud enferm salute malatt bereave death died dying funeral grief widow mourn trauer beerdig witw",
  "deces deuil obseq muerte morte lutto divorc separat breakup scheidung trennung custody relig faith baptis confirmation",
  "communion bar_mitzvah bat_mitzvah ramadan hajj convers taufe konfirm bapteme bautiz battesim lesbian lgbt queer",
  "transgender transition coming_out sexual gender unemploy layoff fired jobless job_loss arrest prison convict",
  "bankrupt debt asylum",
].flatMap((line) => line.split(" "));

/** Words too short to be beginnings. */
const WORDS = new Set(["kid", "kids", "ill", "ivf", "tod", "gay", "eid", "lent", "hijo", "hija"]);

/** Ordinary words that begin like sensitive ones. */
const ORDINARY = new Set(["birthday", "birthdays"]);

/**
 * Whether a name or title speaks of what must not be guessed.
 * @example soundsSensitive("baby_shower") // true
 * @example soundsSensitive("birthday_party") // false
 */
export function soundsSensitive(text: string): boolean {
  const words = text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "" && !ORDINARY.has(word));
  // Two words together as well: "coming out".
  const said = [...words, ...words.slice(1).map((word, i) => `${words[i]!}_${word}`)];
  return said.some((word) => WORDS.has(word) || BEGINNINGS.some((beginning) => word.startsWith(beginning)));
}
