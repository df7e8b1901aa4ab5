/** One rewording: what the first feature says in one step, and the steps that the second says it in. */
type Rewording = readonly [pattern: RegExp, ...steps: string[]];

const EVALUATED = "the flag was evaluated with details";
const VALUE = "the resolved details value should be";
const KINDS: Readonly<Record<string, string>> = {
  boolean: "Boolean",
  string: "String",
  integer: "Integer",
  float: "Float",
  object: "Object",
};
const PICTURES = '{"showImages":true,"title":"Check out these pics!","imagesPerPage":100}';

const REWORDINGS: readonly Rewording[] = [
  [
    /^an? (?:non-existent )?(\w+) flag with key "(.*?)" is evaluated with (?:details and )?(?:a )?(?:default|fallback) value "?(.*?)"?$/,
    'a $1-flag with key "$2" and a fallback value "$3"',
    EVALUATED,
  ],
  [
    /^an? (object) flag with key "(.*?)" is evaluated with (?:details and )?a null default value$/,
    'a $1-flag with key "$2" and a fallback value "null"',
    EVALUATED,
  ],
  [
    /^a string flag with key "(.*?)" is evaluated as an (integer), with details and a fallback value (.*)$/,
    'a $2-flag with key "$1" and a fallback value "$3"',
    EVALUATED,
  ],
  [
    /^a flag with key "(.*?)" is evaluated with default value "(.*?)"$/,
    'a string-flag with key "$1" and a fallback value "$2"',
    EVALUATED,
  ],
  [
    /^context contains keys "fn", "ln", "age", "customer" with values "(.*?)", "(.*?)", (\d+), "(.*?)"$/,
    'a context containing a key "fn", with type "String" and with value "$1"',
    'a context containing a key "ln", with type "String" and with value "$2"',
    'a context containing a key "age", with type "Integer" and with value "$3"',
    'a context containing a key "customer", with type "Boolean" and with value "$4"',
  ],
  [/^the resolved object(?: details)? value should be contain fields .*$/, `${VALUE} "${PICTURES}"`],
  [
    /^the resolved \w+ details value should be "?(.*?)"?, the variant should be "(.*?)", and the reason should be "(.*?)"$/,
    `${VALUE} "$1"`,
    'the variant should be "$2"',
    'the reason should be "$3"',
  ],
  [
    /^the variant should be "(.*?)", and the reason should be "(.*?)"$/,
    'the variant should be "$1"',
    'the reason should be "$2"',
  ],
  [/^the resolved \w+ (?:value|response) should be "?(.*?)"?$/, `${VALUE} "$1"`],
  [
    /^the resolved flag value is "(.*?)" when the context is empty$/,
    "an empty context",
    EVALUATED,
    `${VALUE} "$1"`,
  ],
  [/^the default \w+ value should be returned$/, "the fallback value should be returned"],
  [
    /^the reason should indicate an error and the error code should indicate .* with "(.*?)"$/,
    'the reason should be "ERROR"',
    'the error-code should be "$1"',
  ],
];

/** OpenFeature's first feature in the words of its second, so that one runner serves both. */
export function reworded(text: string): string {
  return text.split("\n").flatMap(rewordedLine).join("\n");
}

function rewordedLine(line: string): string[] {
  const [, keyword, said] = /^\s*(Given|When|Then|And) (.*)$/.exec(line) ?? [];
  const found = said === undefined ? undefined : REWORDINGS.find(([pattern]) => pattern.test(said));
  if (keyword === undefined || said === undefined || found === undefined) return [line];
  const [pattern, ...steps] = found;
  return steps.map((step) => {
    const reword = said.replace(pattern, step);
    return `${keyword} ${reword.replace(/^a (\w+)-flag/, (_, kind: string) => `a ${KINDS[kind] ?? kind}-flag`)}`;
  });
}
