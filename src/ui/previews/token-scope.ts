// Which of our few colours a piece of code gets.

/** By the first word of a highlight.js scope; what is not here has the text's own colour. */
const TONES: Readonly<Record<string, string>> = {
  keyword: "keyword",
  literal: "keyword",
  "selector-tag": "keyword",
  "template-tag": "keyword",
  built_in: "type",
  type: "type",
  class: "type",
  symbol: "number",
  number: "number",
  variable: "number",
  "template-variable": "number",
  bullet: "number",
  string: "text",
  regexp: "text",
  char: "text",
  subst: "text",
  code: "text",
  title: "name",
  name: "name",
  attr: "name",
  attribute: "name",
  property: "name",
  function: "name",
  "selector-id": "name",
  "selector-class": "name",
  "selector-attr": "name",
  "selector-pseudo": "name",
  link: "name",
  section: "heading",
  comment: "quiet",
  quote: "quiet",
  doctag: "quiet",
  meta: "quiet",
  tag: "quiet",
  punctuation: "quiet",
  formula: "quiet",
  addition: "added",
  deletion: "removed",
  strong: "strong",
  emphasis: "emphasis",
};

/** The CSS class of a scope such as `keyword` or `title.function`; `""` for plain text. */
export function classOfScope(scope: string): string {
  const tone = TONES[/^[a-z]+(?:[_-][a-z]+)*/i.exec(scope)?.[0] ?? ""];
  return tone === undefined ? "" : `token-${tone}`;
}
