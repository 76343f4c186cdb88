import type { Key as InkKey } from "ink";

/** A key that was pressed. */
export type Key =
  | { readonly kind: "character"; readonly character: string }
  | { readonly kind: KeyName };

type KeyName =
  | "up"
  | "down"
  | "left"
  | "right"
  | "page_up"
  | "page_down"
  | "home"
  | "end"
  | "enter"
  | "escape"
  | "next"
  | "previous"
  | "erase"
  | "end_of_input"
  | "interrupt";

/** A key press or pasted text of ink, as single keys. */
export function keysOf(input: string, ink: InkKey): readonly Key[] {
  if (ink.ctrl) return controlled(input);
  const name = named(ink);
  if (name !== undefined) return [{ kind: name }];
  if (ink.meta) return [];
  return [...input].flatMap((character) => typed(character));
}

function controlled(input: string): readonly Key[] {
  switch (input) {
    case "c":
      return [{ kind: "interrupt" }];
    case "d":
      return [{ kind: "end_of_input" }];
    default:
      return [];
  }
}

function named(ink: InkKey): KeyName | undefined {
  if (ink.upArrow) return "up";
  if (ink.downArrow) return "down";
  if (ink.leftArrow) return "left";
  if (ink.rightArrow) return "right";
  if (ink.pageUp) return "page_up";
  if (ink.pageDown) return "page_down";
  if (ink.home) return "home";
  if (ink.end) return "end";
  if (ink.return) return "enter";
  if (ink.escape) return "escape";
  if (ink.tab) return ink.shift ? "previous" : "next";
  if (ink.backspace || ink.delete) return "erase";
  return undefined;
}

/** A character of a pasted text, or of keys typed faster than they are read; other control characters are ignored. */
function typed(character: string): readonly Key[] {
  switch (character) {
    case "\r":
    case "\n":
      return [{ kind: "enter" }];
    case "\u0003":
      return [{ kind: "interrupt" }];
    case "\u0004":
      return [{ kind: "end_of_input" }];
    case "\t":
      return [{ kind: "next" }];
    case "\b":
    case "\u007f":
      return [{ kind: "erase" }];
    default:
      return /\p{Cc}/u.test(character) ? [] : [{ kind: "character", character }];
  }
}
