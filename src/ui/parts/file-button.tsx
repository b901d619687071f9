// A button that asks for one file.
import type { ComponentChildren, JSX } from "preact";
import { useRef } from "preact/hooks";
import type { IconNode } from "lucide";
import { Button } from "./button.tsx";

interface FileButtonProps {
  readonly icon: IconNode;
  /** Name endings, such as `.jsonl`. */
  readonly accept: string;
  /** Names the chooser for who can't see it. */
  readonly label: string;
  readonly busy?: boolean;
  readonly onFile: (file: File) => void;
  readonly children: ComponentChildren;
}

export function FileButton(props: FileButtonProps): JSX.Element {
  const { icon, accept, label, busy = false, onFile, children } = props;
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={icon} busy={busy} onClick={() => input.current?.click()}>
        {children}
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.item(0);
          // So that the same file can be chosen again.
          currentTarget.value = "";
          if (file !== null && file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
