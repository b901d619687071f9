// @ts-check
// Makes the files of the sample project: public/sample. Only when what makes them changed.
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { makeSample } from "./sample/content.mjs";
import { main, ROOT } from "./steps.mjs";

await main(async () => {
  const folder = join(ROOT, "public/sample");
  const { plan, files } = makeSample();
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes);
  }
  await writeFile(join(folder, "plan.json"), `${JSON.stringify(plan, null, 2)}\n`);
  const total = Array.from(files.values()).reduce((sum, { length }) => sum + length, 0);
  console.log(`${files.size} files, ${total.toLocaleString("en")} bytes`);
});
