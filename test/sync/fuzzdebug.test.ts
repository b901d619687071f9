import "fake-indexeddb/auto";
import { expect, test } from "vitest";
import { startHub } from "../hub/client.ts";
import { fuzz } from "./fuzz-debug.ts";
const from = Number(process.env["FROM"] ?? 1), to = Number(process.env["TO"] ?? 5);
const ignoresParent = process.env["IGNORE"] === "1";
const rounds = Number(process.env["ROUNDS"] ?? 40);
test("many", async () => {
  const hub = await startHub();
  let bad = 0;
  for (let seed = from; seed <= to; seed++) {
    const t = performance.now();
    try { const c = await fuzz(hub, { seed, rounds, ignoresParent }); console.log(seed, JSON.stringify({...c, steps: Object.fromEntries(c.steps)}), Math.round(performance.now() - t)); }
    catch (e) { bad++; console.log("SEED", seed, e instanceof Error ? e.stack?.slice(0, 3000) : e, (e as any).cause ?? ""); if (bad > 2) break; }
  }
  await hub.stop();
  expect(bad).toBe(0);
}, 900000);
