import { join } from 'path';
import * as ts from 'typescript';
import { ROOT } from './page';
import type { Snippet } from './snippet';

/** Type errors of each snippet, by its title, with line numbers of its page. One program for all of them: that is what takes time. */
export function typeErrors(snippets: readonly Snippet[]): Map<string, string[]> {
  const files = new Map(snippets.map((snippet, index) => [join(ROOT, 'test', 'docs', `snippet-${index}.generated.ts`), snippet]));
  const options = compilerOptions();
  const host = ts.createCompilerHost(options, true);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists.call(host, name);
  host.readFile = (name) => files.get(name)?.module ?? readFile.call(host, name);
  host.getSourceFile = (name, version, ...more) => {
    const snippet = files.get(name);
    return snippet !== undefined ? ts.createSourceFile(name, snippet.module, version, true) : getSourceFile.call(host, name, version, ...more);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return new Map([...files].map(([name, snippet]) => {
    const source = program.getSourceFile(name)!;
    const diagnostics = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return [snippet.title, diagnostics.map((diagnostic) => rendered(diagnostic, source, snippet))];
  }));
}

/** As strict as the tests, apart from names that a snippet declares for the reader only. */
function compilerOptions(): ts.CompilerOptions {
  const unrecoverable = (diagnostic: ts.Diagnostic) => {
    throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
  };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(ROOT, 'test', 'tsconfig.json'), {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: unrecoverable });
  return { ...parsed!.options, noUnusedLocals: false, noUnusedParameters: false };
}

function rendered(diagnostic: ts.Diagnostic, source: ts.SourceFile, { fence, shift }: Snippet): string {
  const line = source.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1 + shift;
  return `${fence.page}:${line}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`;
}
