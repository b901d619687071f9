// The few helpers this page needs to build itself. Text goes in as text, never as markup.

/** Makes an element with children: elements, or text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** The element of the page with an id. */
export function find<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no #${id}.`);
  return element;
}

/** A link to a version's page in the app, which is two folders up. */
export function versionLink(project: string, name: string, version: string, text: string): Node {
  const hash = [project, name, version].map(encodeURIComponent).join("/");
  return make("a", { href: `../../#/p/${hash}` }, text);
}

/** An alias or a type, as the app shows them. */
export function chip(text: string, kind: "alias" | "latest" | "type"): Node {
  return make("span", { class: `chip is-${kind}` }, text);
}
