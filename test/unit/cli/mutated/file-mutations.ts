import { stringify } from "yaml";
import { ON_COUPONS, ON_PROMOTIONS } from "./good-records.ts";

/** A file that is damaged below the level of its fields, and what is to be said of it. */
export interface DamagedFile {
  readonly name: string;
  readonly file: "campaign.json" | "campaign.yaml";
  readonly content: string | Uint8Array;
  /** What has to be said; "good": nothing is wrong. */
  readonly says: RegExp | "good";
}

const JSON_TEXT = JSON.stringify(ON_COUPONS, undefined, 2);
const YAML_TEXT = stringify(ON_COUPONS, { lineWidth: 0 });
const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, "utf16le");
const json = (name: string, content: DamagedFile["content"], says: DamagedFile["says"]): DamagedFile => ({
  name,
  file: "campaign.json",
  content,
  says,
});
const yaml = (name: string, content: DamagedFile["content"], says: DamagedFile["says"]): DamagedFile => ({
  name,
  file: "campaign.yaml",
  content,
  says,
});
/** Replaces what has to be there. */
const changed = (text: string, from: string, to: string): string => {
  if (!text.includes(from)) throw new Error(`there is no ${from} to replace`);
  return text.replace(from, () => to);
};
const damagedByte = (text: string, before: string): Uint8Array => {
  const bytes = Buffer.from(text, "utf8");
  bytes[text.indexOf(before) + 1] = 0xe9;
  return bytes;
};

/** Cut off after every so many characters: a file that was saved or sent half. */
const TRUNCATED = [1, 2, 20, 60, 150, 333, 500, JSON_TEXT.length - 2].map((length) =>
  json(
    `cut off after ${length} characters`,
    JSON_TEXT.slice(0, length),
    /line \d+: it is not JSON: it ends too early, behind `.*`: close what is open there/,
  ),
);

const aliasBomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g", "h", "i"]
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${"abcdefgh"[index]}`).join(",")}]`)
  .join("\n")}\n`;

const DAMAGED_JSON: readonly DamagedFile[] = [
  json("empty", "", /line 1: it is empty: write/),
  json("blank", " \n\n ", /it is empty: write/),
  json("with a byte order mark", `\ufeff${JSON_TEXT}`, "good"),
  json("in UTF-16", utf16(JSON_TEXT), /saved as UTF-16 \(it begins with fffe\): save it as UTF-8/),
  json("in UTF-16, big-endian", utf16(JSON_TEXT).swap16(), /saved as UTF-16 \(it begins with feff\): save it as UTF-8/),
  json("in UTF-16 without a mark", Buffer.from(JSON_TEXT, "utf16le"), /line 1: there is a NUL character .* save the file as UTF-8/),
  json("with a NUL byte in it", changed(JSON_TEXT, "Happy", "Hap\u0000py"), /line 4: there is a NUL character/),
  json("in Latin-1", damagedByte(JSON_TEXT, "appy"), /line 4: the character behind .* is not in UTF-8: save/),
  json("with Windows line ends", JSON_TEXT.replaceAll("\n", "\r\n"), "good"),
  json("with old Mac line ends", JSON_TEXT.replaceAll("\n", "\r"), "good"),
  json(
    "with a comma missing",
    changed(JSON_TEXT, '"evenings",', '"evenings"'),
    /line 4: it is not JSON from `"name": "Happy evenings",` on: add the comma/,
  ),
  json("with a comma at the end", changed(JSON_TEXT, 'finance"', 'finance",'), /line 3\d: it is not JSON from `}` on: take out the comma/),
  json("with curly quotation marks", changed(JSON_TEXT, '"name"', "“name”"), /line 4: it is not JSON from `“name”.*straight/),
  json("with single quotation marks", JSON_TEXT.replaceAll('"', "'"), /line 2: it is not JSON from `'storeId'.*straight/),
  json(
    "with a comment",
    changed(JSON_TEXT, '"name"', '// the name\n  "name"'),
    /line 4: it is not JSON from `\/\/ the name` on: .*no comments/,
  ),
  json("with NaN", changed(JSON_TEXT, '"priority": 5', '"priority": NaN'), /line 2\d: it is not JSON from `NaN,` on: write a number/),
  json(
    "with undefined",
    changed(JSON_TEXT, '"priority": 5', '"priority": undefined'),
    /it is not JSON from `undefined,` on: write a number/,
  ),
  json("with a hexadecimal number", changed(JSON_TEXT, '"priority": 5', '"priority": 0x5'), /it is not JSON from `x5,` on: write a number/),
  json("with a plus sign", changed(JSON_TEXT, '"priority": 5', '"priority": +5'), /it is not JSON from `\+5,` on: write a number/),
  json("with a line break in a text", changed(JSON_TEXT, "Happy evenings", "Happy\nevenings"), /line 4: it is not JSON from/),
  json("with an unknown escape", changed(JSON_TEXT, "Happy", "\\q"), /line 4: it is not JSON from/),
  json("with a lone surrogate", changed(JSON_TEXT, "Happy", "\\ud800"), /: name: .*cannot be used: write/),
  json("with two objects", `${JSON_TEXT}\n${JSON_TEXT}`, /line \d+: it is not JSON from `{` on: put several campaigns into a list/),
  json("with lines as JSON Lines", `${JSON.stringify(ON_COUPONS)}\n${JSON.stringify(ON_PROMOTIONS)}`, /line 2: it is not JSON/),
  json("that is a number", "5", /: record: 5 cannot be used: write/),
  json("that is a word", "null", /: record: null cannot be used: write/),
  json("that is HTML", "<!doctype html><p>503</p>", /line 1: it is not JSON, which begins with \{ or \[, but begins with `<!doctype/),
  json("that is YAML", YAML_TEXT, /line 1: it is not JSON, which .* name the file \.yaml/),
  json(
    "with a field twice",
    changed(JSON_TEXT, '"priority": 5', '"priority": 5, "end": "2026-11-28T00:00"'),
    /line 2\d: end is there twice: keep one/,
  ),
  json(
    "with a coupon's field twice",
    changed(JSON_TEXT, '"couponId": 162428890', '"couponId": 1, "couponId": 2'),
    /coupons\[1\]\.couponId is there twice: keep one/,
  ),
  json("with a field twice, once escaped", changed(JSON_TEXT, '"priority": 5', '"priority": 5, "\\u0065nd": "x"'), /end is there twice/),
  json(
    "nested 10,000 deep",
    changed(JSON_TEXT, '"priority": 5', `"priority": ${"[".repeat(10_000)}${"]".repeat(10_000)}`),
    /line 23: priority is nested more than 32 levels deep: write/,
  ),
  json("of nothing but brackets", "[".repeat(100_000), /it ends too early/),
  json(
    "with a field called __proto__ twice",
    changed(JSON_TEXT, '"priority": 5', '"__proto__": 1, "__proto__": 2'),
    /__proto__ is there twice/,
  ),
];

const DAMAGED_YAML: readonly DamagedFile[] = [
  yaml("empty", "", /it is empty: write|holds no campaign/),
  yaml("of comments only", "# nothing yet\n", /holds no campaign/),
  yaml("with a byte order mark", `\ufeff${YAML_TEXT}`, "good"),
  yaml("in UTF-16", utf16(YAML_TEXT), /UTF-16/),
  yaml("with a NUL byte in it", `${YAML_TEXT}\u0000`, /NUL character/),
  yaml("with Windows line ends", YAML_TEXT.replaceAll("\n", "\r\n"), "good"),
  yaml("with comments", `# the evenings\n${YAML_TEXT}# the end\n`, "good"),
  yaml("of several documents", `${YAML_TEXT}---\n${stringify(ON_PROMOTIONS)}`, "good"),
  yaml("that is a word", "word", /it holds no record, but "word": write/),
  yaml(
    "indented with a tab",
    changed(YAML_TEXT, "  applicationLimit: UNLIMITED", "\tapplicationLimit: UNLIMITED"),
    /line \d+: it is not YAML from `applicationLimit: UNLIMITED` on: .*no tabs/,
  ),
  yaml("with a field twice", `${YAML_TEXT}end: 2026-11-28T00:00\n`, /line \d+: it is not YAML from `end: .*twice: keep one/),
  yaml(
    "with a colon in a text",
    changed(YAML_TEXT, "name: Happy evenings", "name: Sale: now"),
    /line 3: it is not YAML from `name: Sale: now` on: write quotation marks/,
  ),
  yaml(
    "with an open quotation mark",
    changed(YAML_TEXT, "name: Happy evenings", 'name: "Happy'),
    /it is not YAML from `name: "Happy` on: close what is open/,
  ),
  yaml("with fields out of line", changed(YAML_TEXT, "priority: 5", " priority: 5"), /line \d+: it is not YAML/),
  yaml(
    "with an alias of nothing",
    changed(YAML_TEXT, "priority: 5", "priority: *nothing"),
    /what it repeats with & and \* cannot be read: write it out \(.*nothing/,
  ),
  yaml("with an alias", `${changed(YAML_TEXT, "priority: 5", "priority: &five 5")}`, "good"),
  yaml("with a bomb of aliases", `${aliasBomb}${YAML_TEXT}`, /what it repeats with & and \* cannot be read: write it out/),
  yaml("with a merge key", `${YAML_TEXT}<<: { enabled: true }\n`, /: \["<<"\]: there is no such field/),
  yaml("with an unknown tag", changed(YAML_TEXT, "priority: 5", "priority: !!js/function 'x'"), /: priority: .*cannot be used: write/),
  yaml("with a set", changed(YAML_TEXT, "priority: 5", "priority: !!set { a, b }"), /: priority: .*cannot be used: write/),
  yaml("with a store's number in octal", changed(YAML_TEXT, 'storeId: "1003"', "storeId: 0o1753"), "good"),
  yaml(
    "with a date that is one elsewhere",
    changed(YAML_TEXT, "start: 2026-11-27T18:00", "start: 2026-11-27"),
    /: start: "2026-11-27" cannot be used: write/,
  ),
  yaml("with yes for true", changed(YAML_TEXT, "enabled: true", "enabled: yes"), /: enabled: "yes" cannot be used: write true or false/),
  yaml(
    "nested 10,000 deep",
    changed(YAML_TEXT, "priority: 5", `priority: ${"[".repeat(10_000)}${"]".repeat(10_000)}`),
    /nested too deeply/,
  ),
  yaml("with a list as a key", `${YAML_TEXT}? [a, b]\n: 1\n`, /there is no such field/),
  yaml("with an empty field", changed(YAML_TEXT, "name: Happy evenings", "name:"), /: name: null cannot be used: write/),
];

export const DAMAGED_FILES: readonly DamagedFile[] = [...TRUNCATED, ...DAMAGED_JSON, ...DAMAGED_YAML];
