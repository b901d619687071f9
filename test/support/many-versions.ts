// Gives an artifact many more versions, straight in the database: logging them would take minutes.
import type { Page } from "playwright-core";

/**
 * Copies the one version there is until there are `count`, with metrics that get better, and opens
 * the newest. They all have the same files.
 */
export async function multiplyVersions(page: Page, count: number): Promise<void> {
  await page.evaluate(async (total) => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("the request failed"));
      });
    const db = await done(indexedDB.open("cairn"));
    const tx = db.transaction(["artifacts", "versions", "aliases"], "readwrite");
    const [artifacts, versions] = [tx.objectStore("artifacts"), tx.objectStore("versions")];
    const [artifact] = await done<{ uid: string }[]>(artifacts.getAll());
    const [first] = await done<{ uid: string; sizeBytes: number }[]>(versions.getAll());
    if (artifact === undefined || first === undefined) throw new Error("there is no version");
    for (let number = 0; number < total; number++)
      versions.put({
        ...first,
        uid: number === 0 ? first.uid : first.uid.slice(0, -6) + String(number).padStart(6, "0"),
        number,
        sizeBytes: first.sizeBytes + number * 1000,
        description: number % 2 === 0 ? `Note ${number}\nand more` : "",
        pinned: number % 5 === 4,
        metadata: {
          accuracy: Number((0.5 + (0.4 * number) / total).toFixed(6)),
          eval: { loss: Number((1 - (0.5 * number) / total).toFixed(6)) },
          epoch: number,
          note: "12",
        },
        createdAt: new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString(),
      });
    artifacts.put({ ...artifact, lastNumber: total - 1, versionCount: total });
    const movedAt = new Date(0).toISOString();
    tx.objectStore("aliases").put({
      artifact: artifact.uid,
      alias: "latest",
      number: total - 1,
      movedAt,
    });
    await new Promise((resolve) => (tx.oncomplete = resolve));
    db.close();
  }, count);
  await page.reload();
}
