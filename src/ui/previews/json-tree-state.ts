// A JSON file as a person unfolds it: members come a page at a time.
import { computed, signal } from "@preact/signals";
import type { JsonNode, JsonPreview } from "../../protocol/preview-api.ts";

/** Members read at once. */
const PAGE = 200;

type JsonPath = readonly (string | number)[];

/** A line on screen: a value, or the way to more members. */
export type JsonLine =
  | {
      readonly kind: "value";
      readonly node: JsonNode;
      readonly path: JsonPath;
      readonly depth: number;
    }
  | {
      readonly kind: "more";
      readonly path: JsonPath;
      readonly depth: number;
      readonly shown: number;
      readonly count: number;
    };

type Read = (path: JsonPath, start: number, count: number) => Promise<readonly JsonNode[]>;

export class JsonTreeState {
  /** The line that the keyboard is on. */
  readonly active = signal(0);
  /** What kept members from being read. */
  readonly failure = signal<{ readonly error: unknown; readonly path: JsonPath } | null>(null);
  readonly #root: JsonNode;
  readonly #read: Read;
  readonly #members = signal<ReadonlyMap<string, readonly JsonNode[]>>(new Map());
  readonly #open = signal<ReadonlySet<string>>(new Set([keyOf([])]));
  readonly #reading = new Set<string>();

  constructor({ root, members }: Pick<JsonPreview, "root" | "members">, read: Read) {
    this.#root = root;
    this.#read = read;
    this.#members.value = new Map([[keyOf([]), members]]);
  }

  readonly lines = computed<readonly JsonLine[]>(() => this.#unfolded(this.#root, [], 0));

  isOpen(path: JsonPath): boolean {
    return this.#open.value.has(keyOf(path));
  }

  async setOpen(path: JsonPath, isOpen: boolean): Promise<void> {
    const key = keyOf(path);
    const open = new Set(this.#open.value);
    if (isOpen) open.add(key);
    else open.delete(key);
    this.#open.value = open;
    if (isOpen && !this.#members.value.has(key)) await this.more(path);
  }

  /** Reads the next members of an object or array. */
  async more(path: JsonPath): Promise<void> {
    const key = keyOf(path);
    if (this.#reading.has(key)) return;
    this.#reading.add(key);
    this.failure.value = null;
    try {
      const known = this.#members.value.get(key) ?? [];
      const next = await this.#read(path, known.length, PAGE);
      this.#members.value = new Map(this.#members.value).set(key, [...known, ...next]);
    } catch (error) {
      this.failure.value = { error, path };
    } finally {
      this.#reading.delete(key);
    }
  }

  /** Moves the keyboard's line, within the tree. */
  move(to: number): void {
    this.active.value = Math.max(0, Math.min(this.lines.value.length - 1, to));
  }

  #unfolded(node: JsonNode, path: JsonPath, depth: number): JsonLine[] {
    const lines: JsonLine[] = [{ kind: "value", node, path, depth }];
    if (!canOpen(node) || !this.isOpen(path)) return lines;
    const members = this.#members.value.get(keyOf(path)) ?? [];
    for (const member of members)
      for (const line of this.#unfolded(member, [...path, member.key ?? ""], depth + 1))
        lines.push(line);
    if (members.length < node.count)
      lines.push({
        kind: "more",
        path,
        depth: depth + 1,
        shown: members.length,
        count: node.count,
      });
    return lines;
  }
}

/** Whether there is anything in it to unfold. */
export function canOpen({ type, count }: JsonNode): boolean {
  return (type === "object" || type === "array") && count > 0;
}

/** A path as code writes it: `$.layers[0]["a b"]`. */
export function formatJsonPath(path: JsonPath): string {
  const parts = path.map((part) =>
    typeof part === "number"
      ? `[${part}]`
      : /^[A-Za-z_$][\w$]*$/.test(part)
        ? `.${part}`
        : `[${JSON.stringify(part)}]`,
  );
  return `$${parts.join("")}`;
}

function keyOf(path: JsonPath): string {
  return JSON.stringify(path);
}
