// Registry bench: `npm run bench:registry`. Registries of 1,000 and 10,000 signed events, as one table.
import { onPage } from "./on-page.mjs";

await onPage("registry-bench.html", async (page) => {
  const written = await page.evaluate(() => window.cairnRegistryBench.write());
  console.log(`\nWritten in ${(written / 1000).toFixed(0)} s.\n`);
  const rows = await page.evaluate(() => window.cairnRegistryBench.run());
  console.log("| what | calls | median ms | slowest ms | at least | ms | ratio |");
  console.log("|---|---|---|---|---|---|---|");
  for (const { name, calls, ms, slowest, bare, bareMs } of rows)
    console.log(
      `| ${[name, calls, ms.toFixed(1), slowest.toFixed(1), bare, bareMs.toFixed(1), (ms / bareMs).toFixed(1)].join(" | ")} |`,
    );
});
