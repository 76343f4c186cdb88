import { Composer, type Document, Lexer, Parser, type YAMLError } from "yaml";
import { buildTree, maxDepth } from "./build-tree.ts";
import type { ProblemKind } from "./problem.ts";
import type { ReportProblem } from "./problem-log.ts";
import type { SourceText } from "./source-text.ts";
import { isNull, type Tree } from "./tree.ts";
import { yamlSchema } from "./yaml-schema.ts";

/** Levels of the parser's stack, of which a level of nesting takes one or two. */
const maxStack = 2 * maxDepth;

/** The tree of a whole file; a file that says nothing is reported too. Undefined when there is no tree. */
export function parseFile(
  source: SourceText,
  report: ReportProblem,
  isMain = false,
): Tree | undefined {
  const tree = parseYaml(source, report);
  if (tree === undefined || !isNull(tree)) return tree;
  report({ source, start: 0, end: 0 }, { code: "empty_file", isMain });
  return undefined;
}

/**
 * The tree of a YAML 1.2 or JSON text that ends at `end`, null when it says nothing. Undefined when it is no
 * such text; then why is reported. The work is bounded by the text's length, whatever is in it.
 */
export function parseYaml(
  source: SourceText,
  report: ReportProblem,
  end = source.text.length,
): Tree | undefined {
  const documents = composeDocuments(source, report, end);
  if (documents === undefined) return undefined;
  const [document, second] = documents;
  if (second !== undefined) {
    const start = second.range[0];
    report({ source, start, end: start }, { code: "several_documents" });
    return undefined;
  }
  if (document === undefined || reportSyntaxProblems(source, document, report)) return undefined;
  if (document.contents !== null) return buildTree(source, document.contents, report);
  return { kind: "scalar", value: null, source, start: 0, end };
}

/** Parses token by token, because composing recurses: what is nested too deeply must be found before. */
function composeDocuments(
  source: SourceText,
  report: ReportProblem,
  end: number,
): readonly Document.Parsed[] | undefined {
  const parser = new Parser();
  const composer = new Composer({
    uniqueKeys: false,
    prettyErrors: false,
    version: "1.2",
    schema: yamlSchema(),
  });
  const documents: Document.Parsed[] = [];
  for (const lexeme of new Lexer().lex(source.text.slice(0, end))) {
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (parser.stack.length > maxStack) {
      const start = parser.offset;
      report({ source, start, end: start }, { code: "too_deep", limit: maxDepth });
      return undefined;
    }
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, end));
  return documents;
}

function reportSyntaxProblems(
  source: SourceText,
  document: Document.Parsed,
  report: ReportProblem,
): boolean {
  const { errors, warnings } = document;
  for (const error of [...errors, ...warnings]) {
    const [start, end] = error.pos;
    report({ source, start, end }, syntaxProblem(error, source));
  }
  const version = document.directives.yaml;
  if (errors.length + warnings.length > 0) return true;
  if (!version.explicit || version.version === "1.2") return false;
  report({ source, start: 0, end: 0 }, { code: "yaml_version", version: version.version });
  return true;
}

function syntaxProblem(error: YAMLError, source: SourceText): ProblemKind {
  const found = source.text.slice(...error.pos);
  if (error.code === "TAG_RESOLVE_FAILED" && error.name === "YAMLWarning") {
    return { code: "unknown_tag", tag: found };
  }
  if (error.code === "BAD_DIRECTIVE" && /^\d+\.\d+$/.test(found)) {
    return { code: "yaml_version", version: found };
  }
  return { code: "yaml_syntax", reason: error.message, rule: error.code };
}
