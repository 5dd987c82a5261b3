import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'fs';
import { join } from 'path';
import { agentcoreAccess, Outcome } from './agentcore-access';
import { APP, git, repository, synthesized, widen } from './repository';

const HEEDS = 'node app.js';
/** As an app with an `outdir` of its own does. */
const HEEDS_NOT = 'CDK_OUTDIR=cdk.out node app.js';
/** As people call it. The CLI gives the app a CDK_OUTDIR of its own. */
const CLI = 'CDK_DISABLE_CLI_TELEMETRY=true npx --no-install cdk synth --quiet --no-notices --app "node app.js"';

function diff(folder: string, synth: string, ...rest: string[]): Outcome {
  return agentcoreAccess(['diff', 'git:main', ...rest, '--synth', synth, '--fail-on', 'widened'], folder);
}

const WIDENED = { status: 1, stdout: expect.stringMatching(/^1 widened, 0 added, 0 cannot decide/) };
const THE_SAME = { status: 0, stdout: expect.stringMatching(/^0 widened, 0 added, 0 cannot decide/) };
const template = (folder: string) => readFileSync(join(folder, 'cdk.out', 'Keys.template.json'), 'utf8');

describe('diff without a head, where a source was edited and not synthesized', () => {
  it.each([
    ['a command that heeds CDK_OUTDIR', HEEDS],
    ['a command that writes to cdk.out whatever it is told', HEEDS_NOT],
    ['the CDK CLI', CLI],
  ])('%s: is of the source, and leaves the older cdk.out alone', (_what, synth) => {
    const folder = synthesized(repository());
    const [old, files] = [template(folder), readdirSync(folder)];
    widen(folder);
    expect(diff(folder, synth)).toMatchObject(WIDENED);
    expect([template(folder), readdirSync(folder)]).toEqual([old, files]);
  }, 60_000);

  it('leaves no cdk.out where there was none', () => {
    const folder = repository();
    widen(folder);
    expect(diff(folder, HEEDS_NOT)).toMatchObject(WIDENED);
    expect(existsSync(join(folder, 'cdk.out'))).toBe(false);
  });

  it('compares the older cdk.out where it is named', () => {
    const folder = synthesized(repository());
    widen(folder);
    expect(diff(folder, HEEDS, 'cdk.out')).toMatchObject(THE_SAME);
  });

  it('does not take an older cdk.out for what a command has not written', () => {
    const folder = synthesized(repository());
    const old = template(folder);
    writeFileSync(join(folder, 'app.js'), '');
    expect(diff(folder, HEEDS)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('"node app.js" left no cloud assembly in the work tree') });
    expect(template(folder)).toBe(old);
  });

  it('says that the command fails here', () => {
    const folder = synthesized(repository());
    const old = template(folder);
    writeFileSync(join(folder, 'app.js'), 'process.exit(7);');
    expect(diff(folder, HEEDS)).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('"node app.js" failed in the work tree (exit code 7)') });
    expect(template(folder)).toBe(old);
  });

  it('needs no git where the base is a folder', () => {
    const folder = synthesized(repository());
    renameSync(join(folder, '.git'), join(folder, 'no.git'));
    widen(folder);
    expect(agentcoreAccess(['diff', 'cdk.out', '--synth', HEEDS_NOT, '--fail-on', 'widened'], folder)).toMatchObject(WIDENED);
  });

  it.each(['.', '..', '../elsewhere', '/tmp/elsewhere'])('refuses to take %s for the folder that a command writes to', (output) => {
    expect(diff(repository(), HEEDS, '--synth-output', output)).toMatchObject({ status: 2, stderr: expect.stringContaining(`does not hold the app, not ${output}.`) });
  });
});

describe('diff of an app in a sub folder', () => {
  const below = (files: Readonly<Record<string, string>> = {}) => {
    const top = repository({ 'packages/app/app.js': APP, ...files });
    return { top, app: join(top, 'packages', 'app') };
  };

  it.each([
    ['a command that heeds CDK_OUTDIR', HEEDS, []],
    ['a command that has a folder of its own', 'mkdir -p build && CDK_OUTDIR=build/out node app.js', ['--synth-output', 'build/out']],
    ['a command that writes to the top of the repository', 'mkdir -p ../../build && CDK_OUTDIR=../../build/app node app.js', ['--synth-output', '../../build/app']],
  ])('%s: runs it in that folder, on both sides', (_what, synth, options) => {
    const { top, app } = below();
    expect(diff(app, synth, ...options)).toMatchObject(THE_SAME);
    widen(app);
    expect(diff(app, synth, ...options)).toMatchObject(WIDENED);
    expect(git(top, 'worktree', 'list').split('\n')).toHaveLength(1);
  });

  it('takes modules of the folder, of the top, and of what is between', () => {
    const { top, app } = below();
    for (const [folder, name] of [[app, 'of-the-app'], [join(top, 'packages'), '@scope/between']]) {
      mkdirSync(join(folder, 'node_modules', name), { recursive: true });
      writeFileSync(join(folder, 'node_modules', name, 'index.js'), '');
    }
    expect(diff(app, 'node -r of-the-app -r @scope/between -r aws-cdk-lib app.js')).toMatchObject(THE_SAME);
  });

  it('takes packages of the repository itself as they were at the revision', () => {
    const { top, app } = below({ 'packages/app/app.js': 'require(\'@acme/access\');', 'packages/access/index.js': `require('of-access');${APP}` });
    mkdirSync(join(app, 'node_modules', '@acme'), { recursive: true });
    symlinkSync(join('..', '..', '..', 'access'), join(app, 'node_modules', '@acme', 'access'));
    mkdirSync(join(top, 'packages', 'access', 'node_modules', 'of-access'), { recursive: true });
    writeFileSync(join(top, 'packages', 'access', 'node_modules', 'of-access', 'index.js'), '');
    expect(diff(app, HEEDS)).toMatchObject(THE_SAME);
    widen(top, 'packages/access/index.js');
    expect(diff(app, HEEDS)).toMatchObject(WIDENED);
  });

  it('reads what was committed from the top, and from here behind a dot', () => {
    const { top, app } = below();
    const committed = join(app, 'access.template.json');
    writeFileSync(committed, template(synthesized(app)));
    git(top, 'add', '.');
    git(top, 'commit', '--quiet', '-m', 'Template');
    for (const source of ['git:main:packages/app/access.template.json', 'git:main:./access.template.json', 'git:main:../app/access.template.json']) {
      expect(agentcoreAccess(['diff', source, committed, '--fail-on', 'widened,undecided'], app)).toMatchObject(THE_SAME);
    }
    expect(agentcoreAccess(['diff', 'git:main:access.template.json', committed], app)).toMatchObject({ status: 2, stderr: expect.stringContaining('access.template.json is not in main') });
  });

  it('says that the revision does not have the folder', () => {
    const { top } = below();
    const later = join(top, 'packages', 'later');
    mkdirSync(later);
    writeFileSync(join(later, 'app.js'), APP);
    expect(diff(later, HEEDS)).toMatchObject({ status: 2, stderr: expect.stringContaining('packages/later is not in main') });
  });
});
