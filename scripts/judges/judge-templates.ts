/* eslint-disable no-console */
import { mkdtempSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { acknowledgements, verdict } from './acknowledgement';
import { cdkNagFindings } from './cdk-nag';
import { cfnLintFindings } from './cfn-lint';
import { checkovFindings } from './checkov';
import { cloudFormationFindings } from './cloudformation-validator';
import { Finding, findingKey, Judge } from './finding';
import { exampleApps, JudgedApp } from './judged-app';
import { PythonTools } from './python-tools';

/*
 * Judges the templates of every example from outside: `npm run judges`. Each finding is explained in acknowledged.json or is
 * an error, and so is an explanation of what is not found.
 */
interface Seat {
  readonly judge: Judge;
  readonly version: string;
  readonly findings: (judged: JudgedApp) => Finding[];
}

function installed(name: string): string {
  return JSON.parse(readFileSync(join(__dirname, '..', '..', 'node_modules', name, 'package.json'), 'utf8')).version;
}

function seats(): Seat[] {
  const ofNode: Seat[] = [
    { judge: 'CloudFormation validator', version: `aws-cdk-lib ${installed('aws-cdk-lib-current')}`, findings: cloudFormationFindings },
    { judge: 'cdk-nag', version: installed('cdk-nag'), findings: cdkNagFindings },
  ];
  if (process.env.JUDGES_OFFLINE === '1') {
    console.log('SKIPPED: cfn-lint and checkov, because of JUDGES_OFFLINE=1. Nothing below says what they would find.');
    return ofNode;
  }
  const tools = PythonTools.install();
  return [
    ...ofNode,
    { judge: 'cfn-lint', version: tools.version('cfn-lint'), findings: (judged) => cfnLintFindings(judged, tools) },
    { judge: 'checkov', version: tools.version('checkov'), findings: (judged) => checkovFindings(judged, tools) },
  ];
}

function main(): boolean {
  const outdir = mkdtempSync(join(tmpdir(), 'judges-'));
  try {
    const judges = seats();
    const apps = exampleApps(outdir);
    const findings = judges.flatMap(({ judge, version, findings: of }) => {
      const found = apps.flatMap(of);
      const { acknowledged, unexplained } = verdict(found, acknowledgements(), [judge]);
      console.log(`${judge} (${version}): ${found.length} findings, ${acknowledged} with a reason, ${unexplained.length} without`);
      return found;
    });
    const { unexplained, stale } = verdict(findings, acknowledgements(), judges.map(({ judge }) => judge));
    unexplained.forEach((finding) => console.log(`UNEXPLAINED: ${findingKey(finding)}\n  ${finding.message}`));
    stale.forEach((key) => console.log(`NOT FOUND ANY MORE: ${key}\n  Take it out of scripts/judges/acknowledged.json.`));
    console.log(`${apps.length} examples, ${apps.flatMap(({ templates }) => templates).length} templates, ${judges.length} judges: ${unexplained.length + stale.length === 0 ? 'nothing unexplained' : 'FAILED'}`);
    return unexplained.length + stale.length === 0;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

process.exitCode = main() ? 0 : 1;
