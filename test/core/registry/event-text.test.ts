// Events as text: what is hashed and signed, and read back.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  eventText,
  readEvent,
  readRequest,
  requestText,
  signedText,
} from "../../../src/core/registry/event-text.ts";
import type { RegistryActKind } from "../../../src/core/registry/records.ts";
import { attempts, nextEvent, picks } from "./log.ts";
import { aliasOf, ANN, askFor, created, MO, signedBy } from "./sample.ts";
import { ACTS } from "./every-act.ts";

describe("events as text", () => {
  test.each(Object.keys(ACTS) as RegistryActKind[])("[E2] %s is read back", (kind) => {
    const { event } = nextEvent([], ANN, ACTS[kind]);
    expect(readEvent(JSON.parse(eventText(event)))).toEqual(event);
  });

  test("[E2] events of any log are read back, to the same text", () => {
    fc.assert(
      fc.property(fc.array(picks, { maxLength: 30 }), (all) => {
        for (const { event } of attempts(all)) {
          const read = readEvent(JSON.parse(eventText(event)));
          expect(read).toEqual(event);
          expect("reason" in read ? "" : eventText(read)).toBe(eventText(event));
        }
      }),
      { numRuns: 30 },
    );
  });

  test("[E2] the text doesn't depend on the order of fields", () => {
    const { event } = nextEvent([], ANN, created);
    const turned = Object.fromEntries(
      Object.entries(event).toReversed(),
    ) as unknown as typeof event;
    expect(eventText(turned)).toBe(eventText(event));
  });

  test("[E3] the signature is no part of what is signed, everything else is", () => {
    const { event } = nextEvent([], ANN, created);
    expect(signedText({ ...event, signature: "other" } as typeof event)).toBe(signedText(event));
    expect(eventText({ ...event, signature: "other" })).not.toBe(eventText(event));
    const changes = [
      { seq: 1 },
      { at: "2027" },
      { actor: MO },
      { uid: "x" as typeof event.uid },
      { registry: "x" as typeof event.registry },
      { act: ACTS["registry-deleted"] },
    ];
    for (const change of changes)
      expect(signedText({ ...event, ...change })).not.toBe(signedText(event));
  });

  test("[E3] a signed request can't pass for an event, nor an event for one", () => {
    const request = signedBy(MO, askFor("production"));
    const [front] = requestText(request).split("\n");
    expect(signedText(nextEvent([], ANN, created).event).startsWith(`${front}\n`)).toBe(false);
    expect(requestText({ ...request, signature: "other" } as typeof request)).toBe(
      requestText(request),
    );
    expect(readRequest(JSON.parse(JSON.stringify(request)))).toEqual(request);
  });
});

test("aliases of an unlink keep their order", () => {
  const { event } = nextEvent([], ANN, ACTS["version-unlinked"]);
  expect(readEvent(JSON.parse(eventText(event)))).toMatchObject({
    act: { aliases: [aliasOf("best"), aliasOf("prod")] },
  });
});
