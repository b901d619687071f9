import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkPath } from "../../src/core/path.ts";
import {
  checkUri,
  looksSigned,
  parseUri,
  pathOfUri,
  URI_MAX_LENGTH,
} from "../../src/core/reference.ts";
import { anyText } from "./arbitraries.ts";

describe("URIs", () => {
  test.each([
    "https://example.com/a.bin",
    "s3://bucket/key%20with%20space",
    "gs://b/k",
    "hf://datasets/org/name@main/file.parquet",
    "file:///data/x.csv",
    "git+ssh://host/repo.git#v1",
    "ipfs:bafy123",
    "https://example.com/ü?q=文#f",
  ])("[M4] %s is taken as it is", (uri) => expect(parseUri(uri)).toBe(uri));

  test.each([
    ["empty", ""],
    ["scheme", "example.com/a"],
    ["scheme", "/data/x"],
    ["scheme", "https:"],
    ["scheme", "1http://x"],
    ["white space", "https://a b"],
    ["white space", "https://a\n"],
    ["control", "https://a\u0000"],
    ["white space", "https://a\ud800"],
    ["8192", `https://${"a".repeat(URI_MAX_LENGTH)}`],
  ])("[M4] what can't be one is refused: %s (%#)", (hint, uri) => {
    expect(checkUri(uri)?.data.reason).toContain(hint);
    expect(() => parseUri(uri)).toThrow(expect.objectContaining({ code: "invalid_reference" }));
  });
});

describe("signed URIs", () => {
  test.each([
    "https://b.s3.amazonaws.com/k?X-Amz-Algorithm=A&X-Amz-Signature=abc",
    "https://storage.googleapis.com/b/k?X-Goog-Credential=x&X-Goog-Signature=y",
    "https://a.blob.core.windows.net/c/b?sv=2022&se=2026-01-01&sig=abc%3D",
    "https://d.cloudfront.net/k?Policy=p&Signature=s&Key-Pair-Id=K",
    "https://b.s3.amazonaws.com/k?AWSAccessKeyId=A&Signature=s&Expires=1",
    "https://example.com/k?token=abc",
    "https://example.com/k?a=1&api_key=abc#top",
    "https://example.com/k?access_token=abc",
    "https://user:secret@example.com/k",
    "https://example.com/k?a=b?sig=1&SIG=2",
    "https://example.com/k?a=1;x-amz-signature=2&X-AMZ-SIGNATURE=2",
  ])("[M4] %s gets a warning", (uri) => expect(looksSigned(uri)).toBe(true));

  test.each([
    "https://example.com/k",
    "https://example.com/k?download=true",
    "https://example.com/k?design=1&season=2",
    "https://example.com/sig=1",
    "https://example.com/k#sig=1",
    "https://example.com/a@b:c",
    "https://user@example.com/k",
    "s3://bucket/key?versionId=abc",
    "not a uri",
    "",
  ])("[M4] %s gets none", (uri) => expect(looksSigned(uri)).toBe(false));
});

describe("the path proposed", () => {
  test.each([
    ["https://example.com/data/train.csv", "train.csv"],
    ["https://example.com/data/train.csv?sig=1#x", "train.csv"],
    ["https://example.com/data/", "data"],
    ["https://example.com", "example.com"],
    ["https://example.com/", "example.com"],
    ["https://example.com/?q=a/b", "example.com"],
    ["s3://bucket/a/b.bin", "b.bin"],
    ["s3://bucket", "bucket"],
    ["file:///data/x.csv", "x.csv"],
    ["ipfs:bafy", "bafy"],
    ["https://example.com/na%C3%AFve%20set.csv", "naïve set.csv"],
    ["https://example.com/100%.csv", "100%.csv"],
    ["https://example.com/文.csv", "文.csv"],
    ["https://user:pw@example.com", "example.com"],
    ["https://example.com:8080/", "example.com"],
  ])("[M4] of %s is %s", (uri, path) => {
    expect(pathOfUri(uri)).toBe(path);
    expect(checkPath(path)).toBeNull();
  });

  test.each([
    "https://example.com/a%2Fb",
    "https://example.com/%2e%2e",
    "https://example.com/..",
    "https://example.com/%2Fetc%2Fpasswd",
    "https://example.com/a%5Cb",
    "https://example.com/a%00b",
    "https://example.com/dir/%E2%80%A8/..",
    "https://",
    "x:?",
    `s3://b/${"ä".repeat(200)}`,
    "ipfs:C:",
    "no scheme/at all",
  ])("[M4 F1] of %s is a path too, in no folder", (uri) => {
    expect(checkPath(pathOfUri(uri))).toBeNull();
    expect(pathOfUri(uri)).not.toContain("/");
  });

  test("[M4 F1] whatever the URI, what is proposed is a valid path", () => {
    fc.assert(
      fc.property(anyText, anyText, (host, rest) => {
        expect(checkPath(pathOfUri(`https://${host}/${rest}`))).toBeNull();
        expect(checkPath(pathOfUri(rest))).toBeNull();
      }),
    );
  });
});
