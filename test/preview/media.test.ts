// Images, sounds, videos and PDF by their bytes, and images' sizes by their heads.
import { describe, expect, test } from "vitest";
import { openMedia } from "../../src/preview/media/open-media.ts";
import { sniffMedia } from "../../src/preview/media/sniff.ts";
import { fileOf, vegaFile } from "./files.ts";

function bytesOf(...parts: (string | number[])[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(
    parts.flatMap((part) =>
      typeof part === "string" ? [...part].map((character) => character.charCodeAt(0)) : part,
    ),
  );
}

describe("media types", () => {
  test.each<[string, Uint8Array, string | null]>([
    ["JPEG", bytesOf([0xff, 0xd8, 0xff, 0xe0]), "image/jpeg"],
    ["GIF", bytesOf("GIF89a"), "image/gif"],
    ["WebP", bytesOf("RIFF", [1, 2, 3, 4], "WEBPVP8 "), "image/webp"],
    ["AVIF", bytesOf([0, 0, 0, 24], "ftypavif"), "image/avif"],
    ["icon", bytesOf([0, 0, 1, 0, 1, 0, 16, 16, 0, 0]), "image/x-icon"],
    ["WAV", bytesOf("RIFF", [1, 2, 3, 4], "WAVE"), "audio/wav"],
    ["MP3 with a tag", bytesOf("ID3"), "audio/mpeg"],
    ["MP3", bytesOf([0xff, 0xfb, 0x90, 0x00]), "audio/mpeg"],
    ["AAC", bytesOf([0xff, 0xf1, 0x50, 0x80]), "audio/aac"],
    ["FLAC", bytesOf("fLaC"), "audio/flac"],
    ["Ogg", bytesOf("OggS"), "audio/ogg"],
    ["M4A", bytesOf([0, 0, 0, 24], "ftypM4A "), "audio/mp4"],
    ["MP4", bytesOf([0, 0, 0, 24], "ftypisom"), "video/mp4"],
    ["WebM", bytesOf([0x1a], "E", [0xdf, 0xa3]), "video/webm"],
    ["PDF", bytesOf("\n%PDF-1.7"), "application/pdf"],
    [
      "SVG",
      bytesOf('<?xml version="1.0"?>\n<!-- x --><!DOCTYPE svg [<!ENTITY a "b">]>\n<svg>'),
      "image/svg+xml",
    ],
    ["HTML with an SVG in it", bytesOf("<html><svg></svg></html>"), null],
    ["text that begins as a bitmap does", bytesOf("BM is a company of long standing."), null],
    ["UTF-16", bytesOf([0xff, 0xfe, 0x68, 0x00]), null],
    ["an unclosed comment", bytesOf("<!-- <svg>"), null],
    ["nothing", bytesOf(), null],
  ])("%s", (_name, bytes, type) => {
    expect(sniffMedia(bytes)?.mediaType ?? null).toBe(type);
  });
});

describe("an image", () => {
  const size = async (content: BlobPart): Promise<unknown> => {
    const { preview } = await openMedia(fileOf(content, "a"));
    return preview.kind === "image" ? [preview.width, preview.height] : preview.kind;
  };

  test("says its size in its head", async () => {
    expect(await size(await vegaFile("ffox.png"))).toEqual([100, 100]);
    expect(await size(bytesOf("GIF89a", [0x40, 1, 0xc8, 0]))).toEqual([320, 200]);
    const jpeg = bytesOf([
      0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0, 200, 1, 64, 3, 0, 0,
    ]);
    expect(await size(jpeg)).toEqual([320, 200]);
    expect(await size('<svg width="20px" height="10">')).toEqual([20, 10]);
    expect(await size('<svg viewBox="0 0 300 150" width="100%">')).toEqual([300, 150]);
  });

  test("that is cut off or lies has none", async () => {
    expect(await size(bytesOf([0x89], "PNG\r\n", [0x1a], "\n"))).toEqual([null, null]);
    expect(await size(bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 0]))).toEqual([null, null]);
    const endless = bytesOf([0xff, 0xd8, ...Array.from({ length: 10_000 }, () => 0xff)]);
    expect(await size(endless)).toEqual([null, null]);
  });

  test("of billions of pixels is announced", async () => {
    const bytes = bytesOf(
      [0x89],
      "PNG\r\n",
      [0x1a],
      "\n",
      [0, 0, 0, 13],
      "IHDR",
      [0, 1, 0, 0, 0, 1, 0, 0],
    );
    const { preview } = await openMedia(fileOf(bytes, "a.png"));
    expect(preview.notes.join()).toContain("so large");
  });

  test("by name only is refused", async () => {
    await expect(openMedia(fileOf("<html>", "a.png"))).rejects.toMatchObject({
      code: "file_unreadable",
    });
  });
});
