#!/usr/bin/env node
import { readFileSync } from 'fs';
import { join } from 'path';
import { Command, Option } from 'commander';
import { check, CheckCommandOptions } from './commands/check';
import { diff, DiffCommandOptions, REVIEW } from './commands/diff';
import { explain, ExplainCommandOptions } from './commands/explain';
import { report, ReportCommandOptions } from './commands/report';
import { EXIT, UsageError } from './usage-error';
import { CHANGE_KINDS, FOR_REVIEW } from '../src/comparison/change';
import { IncomparableError } from '../src/comparison/incomparable-error';
import { visible } from '../src/review/html/html-text';
import { UnreadableAppError } from '../src/synthesized/unreadable-app-error';

const SOURCES = `
An <app> is a folder that \`cdk synth\` wrote, a template in JSON, an agentcore-access.json, or one of these as it was committed:
git:<revision>:<path>. Nothing is deployed, and nothing is asked of AWS.`;

const EXITS = `
Exit codes: 0 nothing that --fail-on names; 1 something that it names; 2 the command could not be carried out.`;

/** The command line `agentcore-access`. */
export function program(): Command {
  const { version } = JSON.parse(readFileSync(join(__dirname, '..', 'package.json'), 'utf8')) as { version: string };
  const command = new Command('agentcore-access')
    .description('Shows, compares and judges the access of the AI agents in synthesized CDK apps.')
    .version(version)
    .showHelpAfterError('(agentcore-access --help tells more)')
    .exitOverride()
    .addHelpText('after', SOURCES);

  command.command('report')
    .description('what each agent may do; with --format text, the IAM of any CDK app')
    .argument('[app]', 'what to report', 'cdk.out')
    .addOption(format(['markdown', 'html', 'json', 'text'], 'markdown'))
    .option('-o, --output <file>', 'write to a file')
    .action((app: string, options: ReportCommandOptions) => report(app, options));

  command.command('diff')
    .description('what became of access: added, removed, widened, narrowed; never how templates are written')
    .argument('<base>', 'the app before')
    .argument('[head]', 'the app now (default: what --synth makes of the work tree; without --synth, "cdk.out")')
    .addOption(format(['text', 'markdown', 'json'], 'text'))
    .option('-o, --output <file>', 'write to a file')
    .option('--fail-on <kinds>', `changes that fail: ${REVIEW} for all that give access or hold it back less (${FOR_REVIEW.join(', ')}), or a list with commas of ${CHANGE_KINDS.join(', ')}`)
    .option('--synth <command>', 'how to synthesize; run in a checkout of git:<revision>, with your node_modules, and here if there is no head')
    .option('--synth-output <folder>', 'where the command leaves the assembly if it heeds neither CDK_OUTDIR nor CDK_OUTPUT, from where it runs', 'cdk.out')
    .addHelpText('after', EXITS)
    .action((base: string, head: string | undefined, options: DiffCommandOptions) => {
      process.exitCode = diff(base, head, options);
    });

  command.command('explain')
    .description('why a role may do something or not: which statement decides, and for which capability it is there')
    .argument('<agent>', 'construct path of the agent, or its end, or the name of its identity; or construct path of a role')
    .argument('<action>', 'such as bedrock-agentcore:GetResourceOauth2Token')
    .argument('<resource>', 'an ARN, or *')
    .option('--app <app>', 'the app', 'cdk.out')
    .option('--part <name>', 'only this part of the agent')
    .option('-c, --context <key=value>', 'what is known of the request; may be given repeatedly', (value: string, before: string[]) => [...before, value], [])
    .addOption(format(['text', 'json'], 'text'))
    .action((agent: string, action: string, resource: string, options: ExplainCommandOptions) => explain(agent, action, resource, options));

  command.command('check')
    .description('what is wider than it needs to be, in any CDK app, and what to write instead')
    .argument('[app]', 'what to judge', 'cdk.out')
    .addOption(format(['text', 'markdown', 'json'], 'text'))
    .option('-o, --output <file>', 'write to a file')
    .option('--fail-on <severity>', 'the least grave severity that fails: error, warning, info or never', 'error')
    .option('--acknowledge <file>', 'findings that somebody looked at: [{ "id": "…", "reason": "…" }]')
    .option('--require-customer-keys', 'expect customer-managed keys everywhere')
    .addHelpText('after', EXITS)
    .action((app: string, options: CheckCommandOptions) => {
      process.exitCode = check(app, options);
    });
  return command;
}

function format(choices: string[], standard: string): Option {
  return new Option('-f, --format <format>', 'how to write it').choices(choices).default(standard);
}

function main(): void {
  try {
    program().parse();
  } catch (error) {
    if (error instanceof UsageError || error instanceof UnreadableAppError || error instanceof IncomparableError) {
      process.stderr.write(visible(`agentcore-access: ${error.message}\n`));
      process.exitCode = EXIT.NOT_RUN;
    } else if ((error as { code?: string }).code?.startsWith('commander.') === true) {
      process.exitCode = (error as { exitCode: number }).exitCode === 0 ? EXIT.NOTHING_FOUND : EXIT.NOT_RUN;
    } else {
      throw error;
    }
  }
}

main();
