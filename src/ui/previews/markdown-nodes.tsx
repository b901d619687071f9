// Markdown from its tree: elements of ours, no HTML of the file's.
import { Fragment, h, type ComponentChildren, type JSX } from "preact";
import { ExternalLink } from "lucide";
import { showHidden } from "../../core/errors.ts";
import type { MarkdownNode } from "../../protocol/preview-api.ts";
import { Icon } from "../parts/icon.tsx";
import { showHiddenInText } from "../parts/text.ts";
import { levelsOf } from "./markdown-headings.ts";
import { targetOf } from "./markdown-links.ts";
import { SiblingImage } from "./sibling-image.tsx";
import { TokenLines } from "./token-lines.tsx";
import type { Siblings } from "./viewer.ts";
import "./markdown.css";

interface MarkdownProps {
  readonly nodes: readonly MarkdownNode[];
  /** Of the text: links and images are relative to it. */
  readonly path: string;
  readonly siblings: Siblings;
}

/** A whole text. */
export function Markdown({ nodes, path, siblings }: MarkdownProps): JSX.Element {
  const levels = levelsOf(nodes);
  const draw = (children: readonly MarkdownNode[]): ComponentChildren =>
    children.map((node, i) => <Fragment key={i}>{one(node)}</Fragment>);
  const one = (node: MarkdownNode): ComponentChildren => {
    switch (node.kind) {
      case "paragraph":
        return <p>{draw(node.children)}</p>;
      case "quote":
        return <blockquote>{draw(node.children)}</blockquote>;
      case "heading":
        return h(
          `h${levels.get(node) ?? node.level}`,
          { class: `markdown-h${node.level}` },
          draw(node.children),
        );
      case "list":
        return node.ordered ? (
          <ol start={node.start}>{draw(node.children)}</ol>
        ) : (
          <ul>{draw(node.children)}</ul>
        );
      case "item":
        return (
          <li class={node.checked === undefined ? "" : "markdown-task"}>
            {node.checked !== undefined && (
              <input
                type="checkbox"
                checked={node.checked}
                disabled
                aria-label={node.checked ? "Done" : "To do"}
              />
            )}
            <div>{draw(node.children)}</div>
          </li>
        );
      case "strong":
        return <strong>{draw(node.children)}</strong>;
      case "emphasis":
        return <em>{draw(node.children)}</em>;
      case "deleted":
        return <del>{draw(node.children)}</del>;
      case "table":
        return <Table node={node} draw={draw} />;
      case "table-row":
      case "table-cell":
        return draw(node.children);
      case "link":
        return (
          <Link url={node.url} path={path} siblings={siblings}>
            {draw(node.children)}
          </Link>
        );
      case "image":
        return <SiblingImage url={node.url} alt={node.alt} path={path} siblings={siblings} />;
      case "code":
        return (
          <pre tabIndex={0} role="region" aria-label={node.language ?? "Code"}>
            <code>
              <TokenLines lines={node.lines} />
            </code>
          </pre>
        );
      case "inline-code":
        return <code class="markdown-code">{showHidden(node.text)}</code>;
      case "text":
        return showHiddenInText(node.text);
      case "break":
        return <br />;
      case "rule":
        return <hr />;
    }
  };
  return <div class="markdown">{draw(nodes)}</div>;
}

function Table({
  node,
  draw,
}: {
  readonly node: Extract<MarkdownNode, { kind: "table" }>;
  readonly draw: (children: readonly MarkdownNode[]) => ComponentChildren;
}): JSX.Element {
  const [head, ...body] = node.children;
  const cellsOf = (row: MarkdownNode | undefined): readonly MarkdownNode[] =>
    row !== undefined && "children" in row ? row.children : [];
  const alignOf = (i: number): { textAlign: string } => ({ textAlign: node.align[i] ?? "left" });
  return (
    <div class="markdown-table" tabIndex={0} role="region" aria-label="Table">
      <table>
        <thead>
          <tr>
            {cellsOf(head).map((cell, i) => (
              <th key={i} scope="col" style={alignOf(i)}>
                {draw([cell])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((row, i) => (
            <tr key={i}>
              {cellsOf(row).map((cell, j) => (
                <td key={j} style={alignOf(j)}>
                  {draw([cell])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Link({
  url,
  path,
  siblings,
  children,
}: {
  readonly url: string;
  readonly path: string;
  readonly siblings: Siblings;
  readonly children: ComponentChildren;
}): JSX.Element {
  const target = targetOf(url, path, siblings.has);
  switch (target.kind) {
    case "web":
      return (
        <a href={target.href} target="_blank" rel="noopener noreferrer" title={target.href}>
          {children}
          <span class="markdown-host">
            {showHidden(target.host)}
            <Icon icon={ExternalLink} size={12} label="opens in a new tab" />
          </span>
        </a>
      );
    case "file":
      return (
        <button type="button" class="link-button" onClick={() => siblings.open(target.path)}>
          {children}
        </button>
      );
    case "none":
      return (
        <span class="markdown-no-link" title={`Leads nowhere here: ${showHidden(url)}`}>
          {children}
        </span>
      );
  }
}
