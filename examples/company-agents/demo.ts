/* eslint-disable no-console */
import { readFileSync } from 'fs';
import { join, relative } from 'path';
import { companyApp } from './company-app';

/** Synthesizes the example and prints the access report that stands beside its templates. */
const outdir = join(__dirname, 'cdk.out');
const assembly = companyApp({ outdir }).synth();
console.log(readFileSync(join(assembly.directory, 'agentcore-access.md'), 'utf8'));
console.log(`Templates, agentcore-access.json and agentcore-access.md are in ${relative(process.cwd(), assembly.directory)}`);
