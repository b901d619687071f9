// What a version must bring before it may hold a protected alias, judged from its metadata and tags.
import { CairnError } from "../errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";
import { checkTag, type Tag } from "../tags.ts";

export const COMPARISONS = [">=", "<=", ">", "<", "=="] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** Such as `metadata.accuracy >= 0.9`. */
export interface NumericRule {
  /** Dotted path in the metadata, without `metadata.`. */
  readonly path: string;
  readonly comparison: Comparison;
  readonly value: number;
}

/** All of it must hold. */
export interface Condition {
  /** Dotted paths of metadata that must be there and not be null. */
  readonly metadata: readonly string[];
  readonly tags: readonly Tag[];
  readonly rules: readonly NumericRule[];
}

/** What a version had when it was judged: only what the condition looks at. */
export interface Evidence {
  /** Values by dotted path. Of lists, objects and long texts only that they are there: `true`. */
  readonly metadata: JsonObject;
  readonly tags: readonly Tag[];
}

/** Most lines of a condition. */
export const CONDITION_MAX_LINES = 50;
/** Longest dotted path in metadata. */
const PATH_MAX_LENGTH = 200;

const PATH = /^[^\s.<>=:]+(\.[^\s.<>=:]+)*$/;
const RULE = /^([^\s<>=]+)\s*([<>=]+)\s*(.*)$/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const EXAMPLES = "“metadata.accuracy >= 0.9”, “metadata.eval_set” or “tag: audited”";

/** Longest text that is kept as evidence. */
export const EVIDENCE_MAX_LENGTH = 200;

/**
 * A condition from text, a line each: `metadata.accuracy >= 0.9`, `metadata.eval_set`, `tag: audited`.
 * `null` for no line. Throws `invalid_text`, which names the line.
 */
export function parseCondition(text: string): Condition | null {
  const metadata = new Set<string>();
  const tags = new Set<Tag>();
  const rules = new Map<string, NumericRule>();
  const lines = text.split(/\r\n|\r|\n/).map((line, index) => ({ line: line.trim(), index }));
  const given = lines.filter(({ line }) => line !== "");
  for (const [count, { line, index }] of given.entries()) {
    const fail = (reason: string): never => {
      throw new CairnError("invalid_text", {
        field: "condition",
        reason: `in line ${index + 1}, “${line.slice(0, PATH_MAX_LENGTH)}”, ${reason}`,
      });
    };
    if (count >= CONDITION_MAX_LINES)
      fail(`there are too many: ${CONDITION_MAX_LINES} is the most`);
    const [, tag] = /^tag\s*:\s*(.*)$/.exec(line) ?? [];
    const [, path, comparison, number] = RULE.exec(line) ?? [];
    if (tag !== undefined) tags.add(parseTag(tag, fail));
    else if (path === undefined || comparison === undefined || number === undefined)
      metadata.add(parsePath(line, fail));
    else {
      const rule = parseRule(path, comparison, number, fail);
      rules.set(formatRule(rule), rule);
    }
  }
  if (given.length === 0) return null;
  return { metadata: [...metadata], tags: [...tags], rules: [...rules.values()] };
}

/** The inverse of {@link parseCondition}. */
export function formatCondition(condition: Condition | null): string {
  if (condition === null) return "";
  return [
    ...condition.rules.map(formatRule),
    ...condition.metadata.map((path) => `metadata.${path}`),
    ...condition.tags.map((tag) => `tag: ${tag}`),
  ].join("\n");
}

/** Whether a text can be the path of a condition, without `metadata.`. */
export function isConditionPath(text: string): boolean {
  return text.length <= PATH_MAX_LENGTH && PATH.test(text);
}

/** What of a version a condition looks at. */
export function evidenceFor(
  condition: Condition,
  metadata: JsonObject,
  tags: readonly Tag[],
): Evidence {
  const paths = new Set([...condition.metadata, ...condition.rules.map(({ path }) => path)]);
  const found = [...paths].flatMap((path) => {
    const value = valueAt(metadata, path);
    return value === undefined ? [] : [[path, shortened(value)] as const];
  });
  return {
    metadata: Object.fromEntries(found),
    tags: condition.tags.filter((tag) => tags.includes(tag)),
  };
}

/** Why a condition doesn't hold, a sentence each; empty when it does. */
export function judgeCondition(condition: Condition, evidence: Evidence): readonly string[] {
  const reasons = [
    ...condition.metadata.map((path) => missing(path, own(evidence.metadata, path))),
    ...condition.rules.map((rule) => failing(rule, own(evidence.metadata, rule.path))),
    ...condition.tags.map((tag) =>
      evidence.tags.includes(tag) ? null : `the tag “${tag}” is missing`,
    ),
  ];
  return [...new Set(reasons.filter((reason) => reason !== null))];
}

function missing(path: string, value: Json | undefined): string | null {
  if (value === undefined) return `metadata.${path} is missing`;
  return value === null ? `metadata.${path} has no value` : null;
}

function failing({ path, comparison, value }: NumericRule, found: Json | undefined): string | null {
  const lack = missing(path, found);
  if (lack !== null) return lack;
  if (typeof found !== "number") return `metadata.${path} is not a number`;
  const [holds, wanted] = COMPARE[comparison];
  return holds(found, value) ? null : `metadata.${path} is ${found}, not ${wanted}${value}`;
}

type Compare = readonly [holds: (found: number, value: number) => boolean, wanted: string];

const COMPARE: Readonly<Record<Comparison, Compare>> = {
  ">=": [(found, value) => found >= value, "at least "],
  "<=": [(found, value) => found <= value, "at most "],
  ">": [(found, value) => found > value, "more than "],
  "<": [(found, value) => found < value, "less than "],
  "==": [(found, value) => found === value, ""],
};

/** The value at a dotted path; a key may itself have dots in it. */
function valueAt(value: JsonObject, path: string): Json | undefined {
  const whole = own(value, path);
  if (whole !== undefined) return whole;
  for (let dot = path.indexOf("."); dot >= 0; dot = path.indexOf(".", dot + 1)) {
    const inner = own(value, path.slice(0, dot));
    const found = isJsonObject(inner) ? valueAt(inner, path.slice(dot + 1)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function shortened(value: Json): Json {
  if (value === null || typeof value === "boolean" || typeof value === "number") return value;
  return typeof value === "string" && value.length <= EVIDENCE_MAX_LENGTH ? value : true;
}

type Fail = (reason: string) => never;

function parseTag(text: string, fail: Fail): Tag {
  const problem = checkTag(text);
  return problem === null ? (text as Tag) : fail(`the tag can't be used: ${problem.data.reason}`);
}

function parsePath(text: string, fail: Fail): string {
  if (!text.startsWith("metadata.")) return fail(`something else is said than ${EXAMPLES}`);
  const path = text.slice("metadata.".length);
  if (path.length > PATH_MAX_LENGTH)
    return fail(`the key is longer than ${PATH_MAX_LENGTH} characters`);
  if (!isConditionPath(path))
    return fail("after “metadata.” comes a key, or keys with a “.” between them, without spaces");
  return path;
}

function parseRule(left: string, comparison: string, number: string, fail: Fail): NumericRule {
  const path = parsePath(left, fail);
  if (!isComparison(comparison))
    return fail(`“${comparison}” compares nothing; use one of ${COMPARISONS.join(" ")}`);
  const value = NUMBER.test(number) ? Number(number) : Number.NaN;
  if (!Number.isFinite(value)) return fail(`“${number}” is not a number such as 0.9`);
  // JSON has no -0.
  return { path, comparison, value: value + 0 };
}

function isComparison(text: string): text is Comparison {
  return (COMPARISONS as readonly string[]).includes(text);
}

function formatRule({ path, comparison, value }: NumericRule): string {
  return `metadata.${path} ${comparison} ${value}`;
}
