const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { TestEnvironment } = require('jest-environment-node');

/*
 * Hands the tests one validator of templates for each worker. Jest loads modules anew for each test file, and a validator takes
 * a second to start; it starts again, too, for a template with a type of resource that its last start had not.
 */
let validator;
const typesSoFar = new Set();

function validateTemplates(context) {
  const { CloudFormationValidatePlugin } = require('aws-cdk-lib-current');
  validator ??= new CloudFormationValidatePlugin();
  const types = context.templatePaths.flatMap(typesOf);
  const { violations } = types.every((type) => typesSoFar.has(type)) ? validator.validate(context) : startedFor(types, context);
  return violations;
}

/** Starts it for these types and all before, by a template beside the others that has one resource of each. */
function startedFor(types, context) {
  types.forEach((type) => typesSoFar.add(type));
  const folder = mkdtempSync(join(tmpdir(), 'types-so-far-'));
  const templatePath = join(folder, 'template.json');
  try {
    writeFileSync(templatePath, JSON.stringify({ Resources: Object.fromEntries([...typesSoFar].map((Type, index) => [`R${index}`, { Type }])) }));
    const ofTypes = { ...context.stackTemplates[0], templatePath };
    return validator.validate({ ...context, stackTemplates: [...context.stackTemplates, ofTypes] });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function typesOf(templatePath) {
  const { Resources = {} } = JSON.parse(readFileSync(templatePath, 'utf8'));
  return Object.values(Resources).map(({ Type }) => Type);
}

module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.validateTemplates = validateTemplates;
  }
};
