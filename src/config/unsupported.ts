import { isNull, type Mapping, type Tree } from "./tree.ts";
import type { TroubleLog } from "./trouble-log.ts";

const unsupported = ["gates"];

/** Tells the members that the format has and this version cannot carry out; an empty one asks for nothing. */
export function tellUnsupported(log: TroubleLog, file: Mapping): void {
  for (const name of unsupported) {
    const member = file.members.get(name);
    if (member === undefined || saysNothing(member.value)) continue;
    log.tell(member.key, { code: "not_supported_yet", name });
  }
}

function saysNothing(tree: Tree): boolean {
  switch (tree.kind) {
    case "list":
      return tree.items.length === 0;
    case "map":
      return tree.members.size === 0;
    case "scalar":
      return isNull(tree);
    case "broken":
      return true;
  }
}
