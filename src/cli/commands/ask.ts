import type { FunctionAnswers } from "../../agent/check.ts";
import type { FunctionCall } from "../../agent/conversation.ts";
import { unanswered } from "../../apply/run-check.ts";
import { runAsk } from "../../commands/ask.ts";
import { readFunctionAnswers } from "../../config/function-answers.ts";
import { seeHelp, UsageError } from "../args/invocation.ts";
import { wantedVersion } from "../args/wanted-version.ts";
import { systemClock } from "../clock.ts";
import { readInput } from "../files/read-input.ts";
import { openProject } from "../open-project.ts";
import type { Session } from "../session.ts";
import { askInTerminal, canAsk } from "../terminal/ask.ts";
import { questions } from "../terminal/questions.ts";
import { releaseId } from "./apply-context.ts";
import { checkingOf } from "./checking.ts";

/** Longest conversation, in milliseconds: the user may pause, but the conversation is deleted after this time. */
const longestTalkMs = 24 * 3_600_000;

/** `agentvane ask KEY [TEXT]` */
export async function run(session: Session): Promise<void> {
  const { invocation, shutdown, emit } = session;
  const [key, ...words] = invocation.positionals;
  const wanted = wantedVersion(invocation);
  const first = words.length > 0 ? words.join(" ") : undefined;
  const follows = invocation.has("follow") || (first === undefined && canAsk());
  if (key === undefined) {
    throw new UsageError("ask needs the key of an agent", seeHelp(invocation.command));
  }
  if (first === undefined && !follows) {
    throw new UsageError(
      "ask needs a text; or add --follow to read lines",
      seeHelp(invocation.command),
    );
  }
  const answers = await functionAnswers(session);
  if (answers === undefined) return;
  const project = await openProject(session);
  if (project === undefined) return;
  try {
    const checking = await checkingOf(session, project, releaseId());
    const until = () => new Date(project.conversations.serverNow() + longestTalkMs).toISOString();
    const request = {
      desired: project.config.desired,
      reader: project.reader,
      clock: systemClock,
      checking: { ...checking, mark: { ...checking.mark, until } },
      key,
      wanted,
      follows,
      next: questions(session, first, follows),
      answer: (call: FunctionCall) => answerTo(session, answers, call),
      confirm: (call: FunctionCall) => isAllowed(session, call),
      stopped: shutdown.reason,
    };
    await runAsk(request, emit);
  } finally {
    await project.close();
  }
}

/** The answers of `--functions FILE`; undefined, with an event, if they cannot be read. */
async function functionAnswers(session: Session): Promise<FunctionAnswers | undefined> {
  const { invocation, shutdown, emit } = session;
  const file = invocation.value("functions");
  if (file === undefined) return new Map();
  const text = await readInput("the functions", file, shutdown.ended);
  if (text === undefined) {
    emit({ kind: "file_missing", path: file });
    return undefined;
  }
  const result = readFunctionAnswers(file, text);
  if (result.kind === "answers") return result.answers;
  emit({ kind: "config_invalid", problems: result.problems });
  return undefined;
}

async function answerTo(
  session: Session,
  answers: FunctionAnswers,
  call: FunctionCall,
): Promise<string> {
  const known = answers.get(call.name);
  if (known !== undefined) return known;
  const typed = await askInTerminal(session, `${shown(call)} answers: `);
  return typed || unanswered(call);
}

async function isAllowed(session: Session, call: FunctionCall): Promise<boolean> {
  const typed = await askInTerminal(session, `${shown(call)} may run? (y/N) `);
  return /^y(es)?$/i.test(typed ?? "");
}

/** The name comes from a model: only characters of function names are printed. */
function shown({ name }: FunctionCall): string {
  return name.replaceAll(/[^\w.-]/g, "?");
}
