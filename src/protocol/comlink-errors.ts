// Lets a CairnError cross a worker border whole. Comlink by itself sends only name, message and stack.
import { transferHandlers } from "comlink";
import { CairnError, errorOf, type Problem } from "../core/errors.ts";

type Thrown = { readonly value: unknown };
type Wire =
  | { readonly kind: "cairn"; readonly problem: Problem; readonly stack: string | undefined }
  | {
      readonly kind: "error";
      readonly name: string;
      readonly message: string;
      readonly stack: string | undefined;
    }
  | { readonly kind: "value"; readonly value: unknown };

/** Call once in each context that speaks Comlink, before the first message. */
export function installErrorTransfer(): void {
  const original = transferHandlers.get("throw");
  if (original === undefined) return;
  transferHandlers.set("throw", {
    canHandle: original.canHandle,
    serialize: (thrown: unknown) => [toWire((thrown as Thrown).value), []],
    deserialize: (wire: unknown) => {
      throw fromWire(wire as Wire);
    },
  });
}

function toWire(value: unknown): Wire {
  if (value instanceof CairnError)
    return {
      kind: "cairn",
      problem: { code: value.code, data: value.data } as Problem,
      stack: value.stack,
    };
  if (value instanceof Error)
    return { kind: "error", name: value.name, message: value.message, stack: value.stack };
  return { kind: "value", value };
}

function fromWire(wire: Wire): unknown {
  if (wire.kind === "value") return wire.value;
  const error =
    wire.kind === "cairn"
      ? errorOf(wire.problem)
      : Object.assign(new Error(wire.message), { name: wire.name });
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}
