import type { Stack } from 'aws-cdk-lib';
import * as ts from 'typescript';
import { Fixture } from './fixture';
import type { Snippet } from './snippet';

const COMPILED: ts.CompilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };

/** Runs a snippet with the stack as its `this`. */
export function run(snippet: Snippet, stack: Stack): void {
  const { outputText } = ts.transpileModule(snippet.module, { compilerOptions: COMPILED });
  const exported: { snippet?: (this: Stack, fixture: Fixture) => void } = {};
  // `require` is jest's, which finds the sources of this library by its name.
  new Function('require', 'exports', outputText)(require, exported);
  exported.snippet!.call(stack, new Fixture(stack));
}
