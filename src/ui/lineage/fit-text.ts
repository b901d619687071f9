// Text cut to a width, since SVG can't do that itself.

/** The width of a text, pixels. */
export type Measure = (text: string, font: "title" | "note") => number;

const FONTS = { title: "600 14px", note: "550 12px" } as const;

/** Measures with the page's own font. */
export function pageMeasure(): Measure {
  const context = document.createElement("canvas").getContext("2d");
  const family = getComputedStyle(document.body).fontFamily;
  let current = "";
  return (text, font) => {
    if (context === null) return text.length * 8;
    if (font !== current) context.font = `${FONTS[font]} ${family}`;
    current = font;
    return context.measureText(text).width;
  };
}

/** The text, or as much of its start and end as there is room for. */
export function fitText(text: string, width: number, measure: (text: string) => number): string {
  if (measure(text) <= width) return text;
  const characters = [...text];
  const cut = (count: number): string => {
    const end = Math.floor(count / 2);
    return `${characters.slice(0, count - end).join("")}…${characters.slice(characters.length - end).join("")}`;
  };
  let [fits, tooMany] = [0, characters.length];
  while (tooMany - fits > 1) {
    const count = Math.floor((fits + tooMany) / 2);
    if (measure(cut(count)) <= width) fits = count;
    else tooMany = count;
  }
  return fits === 0 ? "…" : cut(fits);
}
