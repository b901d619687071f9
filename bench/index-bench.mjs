// Index bench: `npm run bench:index`. Reading an index of 100,000 versions, as one table.
import { onPage } from "./on-page.mjs";

await onPage("index-bench.html", async (page) => {
  const written = await page.evaluate(() => window.cairnIndexBench.write());
  console.log(`\nWritten in ${(written / 1000).toFixed(0)} s.\n`);
  await page.evaluate(() => window.cairnIndexBench.reopen());
  // Once to warm up, as the second screen a person opens is.
  await page.evaluate(() => window.cairnIndexBench.run());
  const rows = await page.evaluate(() => window.cairnIndexBench.run());
  console.log("| call | calls | rows | median ms | slowest ms | bare getAll ms | ratio |");
  console.log("|---|---|---|---|---|---|---|");
  for (const { name, calls, rows: count, ms, slowest, bareMs } of rows)
    console.log(
      `| ${[name, calls, count, ...[ms, slowest, bareMs].map((n) => n.toFixed(1)), (ms / bareMs).toFixed(1)].join(" | ")} |`,
    );
  const {
    rows: files,
    paths,
    letters,
    blobs,
    bytes,
  } = await page.evaluate(() => window.cairnIndexBench.size());
  const mib = (n) => `${(n / 2 ** 20).toFixed(1)} MiB`;
  console.log(
    `\nIndex of files: ${files} files, ${paths} paths of ${mib(letters)}, ${blobs} digests; columns and tables ${mib(bytes)}.`,
  );
});
