// @ts-check
// Writes docs/API.md from the docstrings of what src/index.ts exports: `npm run docs`. A test fails when it is out of date.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseAst } from "vite";
import { main, ROOT } from "./steps.mjs";

export const API_DOC = join(ROOT, "docs/API.md");

/**
 * @typedef {object} Declared
 * @property {string} name
 * @property {string} file
 * @property {string} source the whole file
 * @property {any} node the declaration
 * @property {number} start where the export statement starts, behind its docstring
 * @property {"class" | "function" | "type"} kind
 */

/** The text of docs/API.md as it should be. */
export async function renderApi() {
  const template = await readFile(join(ROOT, "docs/api-intro.md"), "utf8");
  const declared = [];
  for (const { name, file } of await exportsOf(join(ROOT, "src/index.ts")))
    declared.push(await find(name, file));
  const values = declared.filter(({ kind }) => kind !== "type");
  const types = declared.filter(({ kind }) => kind === "type");
  return [
    template.trimEnd(),
    ...values.map(renderValue),
    "## Types",
    ...types.map(
      ({ name, source, node, start }) =>
        `### ${name}\n\n${paragraphs(docBefore(source, start))}${code(source.slice(start, node.end).replace(/^export /, ""))}`,
    ),
    "",
  ].join("\n\n");
}

/** @param {string} index */
async function exportsOf(index) {
  const source = await readFile(index, "utf8");
  return parseAst(source, { lang: "ts" }).body.flatMap((/** @type {any} */ node) =>
    node.type !== "ExportNamedDeclaration" || node.source === null
      ? []
      : node.specifiers.map((/** @type {any} */ specifier) => ({
          name: /** @type {string} */ (specifier.exported.name),
          file: join(dirname(index), node.source.value),
        })),
  );
}

/**
 * @param {string} name
 * @param {string} file
 * @returns {Promise<Declared>}
 */
async function find(name, file) {
  const source = await readFile(file, "utf8");
  for (const statement of parseAst(source, { lang: "ts" }).body) {
    const node = /** @type {any} */ (statement).declaration;
    if (statement.type !== "ExportNamedDeclaration" || node?.id?.name !== name) continue;
    const kind =
      node.type === "ClassDeclaration"
        ? "class"
        : node.type === "FunctionDeclaration"
          ? "function"
          : "type";
    return { name, file, source, node, start: statement.start, kind };
  }
  throw new Error(`${relative(ROOT, file)} does not declare the exported ${name}`);
}

/** @param {Declared} declared */
function renderValue({ name, source, node, start, kind }) {
  const doc = paragraphs(docBefore(source, start));
  if (kind === "function")
    return `## ${name}\n\n${code(headOf(source, node, node.body.start))}${doc}`.trimEnd();
  const members = node.body.body
    .filter(
      (/** @type {any} */ member, /** @type {number} */ _i, /** @type {any[]} */ all) =>
        isPublic(member) &&
        !docBefore(source, member.start).startsWith("@internal") &&
        !isImplementation(member, all),
    )
    .map((/** @type {any} */ member) => renderMember(source, member));
  return [`## ${name}`, doc.trimEnd(), ...members].filter((part) => part !== "").join("\n\n");
}

/** @param {any} member */
function isPublic(member) {
  if (member.type === "StaticBlock" || member.key.type === "PrivateIdentifier") return false;
  return member.type === "MethodDefinition" || member.type === "PropertyDefinition"
    ? member.accessibility !== "private"
    : member.type === "TSAbstractMethodDefinition";
}

/**
 * Whether a method is what stands behind overloads, which callers don't see.
 *
 * @param {any} member
 * @param {any[]} all
 */
function isImplementation(member, all) {
  const isBodiless = (/** @type {any} */ other) => !other.value?.body;
  return (
    member.type === "MethodDefinition" &&
    !isBodiless(member) &&
    all.some(
      (other) =>
        other.type === "MethodDefinition" &&
        other.key?.name === member.key?.name &&
        isBodiless(other),
    )
  );
}

/**
 * @param {string} source
 * @param {any} member
 */
function renderMember(source, member) {
  // An overload has a signature and no body.
  const end = member.value?.body?.start ?? member.end;
  const head = headOf(source, member, end).replace(/^async |^readonly /, "");
  const doc = paragraphs(docBefore(source, member.start)).trimEnd();
  return `**\`${head.replace(/\s+/g, " ").replace(/;$/, "").trim()}\`**${doc === "" ? "" : `\n\n${doc}`}`;
}

/**
 * @param {string} source
 * @param {any} node
 * @param {number} end
 */
function headOf(source, node, end) {
  return source
    .slice(node.start, end)
    .replace(/^export /, "")
    .trim();
}

/**
 * The docstring that ends right before a place.
 *
 * @param {string} source
 * @param {number} start
 */
function docBefore(source, start) {
  const before = source.slice(0, start).trimEnd();
  if (!before.endsWith("*/")) return "";
  const comment = before.slice(before.lastIndexOf("/**"));
  return comment
    .replace(/^\/\*\*/, "")
    .replace(/\*\/$/, "")
    .split("\n")
    .map((line) => line.replace(/^\s*\* ?/, "").trimEnd())
    .join("\n")
    .trim();
}

/**
 * A docstring as Markdown: tags become a list, lines of one paragraph are joined.
 *
 * @param {string} doc
 */
function paragraphs(doc) {
  if (doc === "") return "";
  const text = doc
    .replace(/\{@link ([^}]+)\}/g, "`$1`")
    .replace(/ ?\[[A-Z]\d+[a-z]?( [A-Z]\d+[a-z]?)*\]/g, "");
  const [prose = "", ...tags] = text.split(/^@/m);
  const lines = tags.map((tag) => {
    const joined = tag.replace(/\s+/g, " ").trim();
    const param = /^param (\S+) (.*)$/.exec(joined);
    if (param !== null) return `- \`${param[1]}\`: ${param[2]}`;
    return `- ${joined.replace(/^returns /, "Returns ").replace(/^throws /, "Throws ")}`;
  });
  const body = prose
    .trim()
    .split(/\n\n+/)
    .map((paragraph) => paragraph.replace(/\n/g, " "))
    .join("\n\n");
  return `${[body, lines.join("\n")].filter((part) => part !== "").join("\n\n")}\n\n`;
}

/** @param {string} text */
function code(text) {
  return `\`\`\`ts\n${text.trim()}\n\`\`\`\n\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  await main(async () => writeFile(API_DOC, await renderApi()));
