import type { ConversationScript, ReplyRule } from "./conversation-script.ts";

/** Follows a script: counts how often each rule was used. */
export type ScriptPlayer = {
  /** The first rule that is not used up and that fits; it counts as used. */
  readonly take: (suits: (rule: ReplyRule) => boolean) => ReplyRule | undefined;
  /** Starts another script from its beginning. */
  readonly follow: (script: ConversationScript) => void;
};

/** Starts a script from its beginning. */
export function createScriptPlayer(first: ConversationScript): ScriptPlayer {
  let script = first;
  let used = new Map<ReplyRule, number>();
  return {
    take: (suits) => {
      const rule = script.find(
        (each) => (used.get(each) ?? 0) < (each.times ?? Number.POSITIVE_INFINITY) && suits(each),
      );
      if (rule !== undefined) used.set(rule, (used.get(rule) ?? 0) + 1);
      return rule;
    },
    follow: (next) => {
      script = next;
      used = new Map();
    },
  };
}
