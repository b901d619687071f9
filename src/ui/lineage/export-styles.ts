// The styles a saved drawing needs, read from the page's own, with light colours filled in.

/** The classes of shapes; others of the graph's belong to the page around it. */
const SHAPES = /^\.lg-(box|title|note|provisional|icon|node|project|more|edge|head)\b/;
const COLOUR = /var\((--[\w-]+)\)/g;
/** How styles/tokens.css writes a colour: for light, then for dark. */
const LIGHT = /var\(--light,\s*([^)]+)\)/;

/** CSS for the shapes of a graph that needs nothing from elsewhere. */
export function drawingStyles(): string {
  const rules = [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule): rule is CSSStyleRule => rule instanceof CSSStyleRule);
  const tokens = rules.filter(({ selectorText }) => selectorText === ":root");
  const lightOf = (name: string): string => {
    const values = tokens.map(({ style }) => style.getPropertyValue(name).trim());
    const value = values.findLast((text) => text !== "") ?? "";
    return LIGHT.exec(value)?.[1] ?? value;
  };
  const fill = (text: string): string =>
    text.replace(COLOUR, (found, name: string) => lightOf(name) || found);
  return rules
    .filter(({ selectorText }) => SHAPES.test(selectorText))
    .map(({ cssText }) => cssText)
    .concat("text { font-family: ui-sans-serif, system-ui, sans-serif; }")
    .concat(".lg-page { fill: var(--bg); }")
    .map(fill)
    .join("\n");
}
