// The real preview worker in a real browser: a file of each kind, and one that it never gets done with.
import { zipSync } from "fflate";
import { afterEach, describe, expect, test } from "vitest";
import { startPreviewWorker, type PreviewWorker } from "../../src/client/preview-worker.ts";
import type { PreviewKind } from "../../src/protocol/preview-api.ts";
import { PreviewState } from "../../src/ui/state/preview-state.ts";
import { makeGguf, makeOnnx, makeSafetensorsOf } from "../support/make-model-files.ts";

const running: { stop(): void }[] = [];
afterEach(() => {
  for (const { stop } of running.splice(0)) stop();
});

/** A state over files in memory, and the workers that it started. */
function start(
  files: Readonly<Record<string, BlobPart>>,
  startWorker: () => PreviewWorker = startPreviewWorker,
): PreviewState {
  const state = new PreviewState({
    peek: async (path) => new Blob([files[path] ?? ""]),
    startWorker,
  });
  running.push({ stop: () => state.close() });
  return state;
}

/** The kind a file was opened as, with its notes. */
function shownBy(state: PreviewState): { readonly kind?: PreviewKind; readonly phase: string } {
  const shown = state.shown.peek();
  return shown.phase === "ready"
    ? { phase: "ready", kind: shown.preview.kind }
    : { phase: shown.phase };
}

async function pixel(): Promise<Blob> {
  const canvas = new OffscreenCanvas(2, 3);
  canvas.getContext("2d")?.fillRect(0, 0, 1, 1);
  return canvas.convertToBlob({ type: "image/png" });
}

async function gzipped(text: string): Promise<Blob> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(packed).blob();
}

describe("the preview worker", () => {
  test("opens a file of each kind, one after the other", async () => {
    const files: Record<string, readonly [kind: PreviewKind, content: BlobPart]> = {
      "a.py": ["text", "import os\n"],
      "a.json": ["json", '{"a": [1, 2.50]}'],
      "a.md": ["markdown", "# Title\n"],
      "a.csv": ["table", "a,b\n1,2\n"],
      "a.jsonl": ["table", '{"a": 1}\n'],
      "a.csv.gz": ["table", await gzipped("a,b\n1,2\n")],
      "a.png": ["image", await pixel()],
      "a.pdf": ["pdf", "%PDF-1.4\n"],
      "a.ipynb": ["notebook", '{"cells": [], "nbformat": 4, "metadata": {}}'],
      "a.safetensors": [
        "safetensors",
        new Uint8Array(
          makeSafetensorsOf('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}', [
            new Uint8Array(4),
          ]),
        ),
      ],
      "a.gguf": ["gguf", new Uint8Array(makeGguf({}))],
      "a.onnx": ["onnx", new Uint8Array(makeOnnx())],
      "a.zip": ["archive", new Uint8Array(zipSync({ "a.txt": new Uint8Array(3) }))],
      "a.bin": ["hex", new Uint8Array([0, 1, 2])],
    };
    const state = start(
      Object.fromEntries(Object.entries(files).map(([path, [, content]]) => [path, content])),
    );
    for (const [path, [kind]] of Object.entries(files)) {
      await state.open(path);
      expect({ path, ...shownBy(state) }).toEqual({ path, phase: "ready", kind });
    }
    await state.open("a.json");
    const members = await state.ask((api, id) => api.readMembers(id, ["a"], 0, 5));
    expect(members.map(({ text }) => text)).toEqual(["1", "2.50"]);
  });

  test("one that never answers is stopped, and the next file opens", async () => {
    const workers: string[] = [];
    const startWorker = (): PreviewWorker => {
      const worker = startPreviewWorker();
      const name = `worker ${workers.filter((line) => line.endsWith("started")).length + 1}`;
      workers.push(`${name} started`);
      if (workers.length > 1) return worker;
      // As a file would that its parser never gets done with.
      const never = new Promise<never>(() => undefined);
      return {
        api: { ...worker.api, openPreview: () => never },
        stop: () => {
          workers.push(`${name} stopped`);
          worker.stop();
        },
      };
    };
    const state = start({ "hang.json": "{}", "next.txt": "next" }, startWorker);
    const hanging = state.open("hang.json");
    await expect.poll(() => workers).toEqual(["worker 1 started"]);
    await state.open("next.txt");
    await hanging;
    expect(workers).toEqual(["worker 1 started", "worker 1 stopped", "worker 2 started"]);
    expect(shownBy(state)).toEqual({ phase: "ready", kind: "text" });
  });
});
