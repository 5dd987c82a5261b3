import { isOpaque, opaque } from '../../synthesized/opaque-text';
import { asRecord } from '../../synthesized/record';
import { resolvedProperties } from '../../synthesized/resolved-properties';
import { SynthesizedApp } from '../../synthesized/synthesized-app';
import { CheckSeverity } from '../check-severity';
import { SECRET_FIELDS } from '../provider-secret-source';
import { Rule } from '../rule';

export const PLAINTEXT_SECRET: Rule = {
  id: 'plaintext-secret',
  severity: CheckSeverity.ERROR,
  title: 'A secret stands in the template',
  why: 'Templates are in `cdk.out`, in the asset bucket, in the history of the stack and in build logs; everybody who reads one of them has the secret.',
  fix: 'Put the secret into Secrets Manager, change it at its issuer, and give `ClientSecret.fromSecretsManager(secret, \'<member>\')` or `ApiKey.fromSecretsManager(...)`.',
  see: 'https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/resource-providers.html',
  trigger: '`clientSecret` or `apiKey` of a provider with `SecretValue.unsafePlainText`, or a literal in the L1',
  find: ({ app }) => app.stacks.flatMap(({ resources }) => resources)
    .filter(({ type }) => /^AWS::BedrockAgentCore::\w*CredentialProvider$/.test(type))
    .flatMap((resource) => [...new Set(resolvedProperties(app, resource).flatMap(({ value }) => plainFields(value, 'Properties', defaults(app))))]
      .map((location) => ({ resource, location, detail: `${location} is a literal` }))),
};

/** Where a field holds a literal. The value itself goes no further. */
function plainFields(value: unknown, path: string, withDefault: ReadonlySet<string>): string[] {
  return Object.entries(asRecord(value)).flatMap(([key, member]) => {
    const location = `${path}.${key}`;
    return SECRET_FIELDS.includes(key) && typeof member === 'string' ? (isReference(member) && !withDefault.has(member) ? [] : [location]) : plainFields(member, location, withDefault);
  });
}

/** Parameters that hold a secret unless somebody gives another one: it stands in the template. As they stand in properties. */
function defaults({ stacks }: SynthesizedApp): ReadonlySet<string> {
  return new Set(stacks.flatMap(({ path, parent, template }) => Object.entries(template.Parameters ?? {})
    .filter(([, { Type: type = 'String', Default: value }]) => parent === undefined && !type.startsWith('AWS::SSM::') && value !== undefined && value !== '' && !isReference(String(value)))
    .map(([name]) => opaque(`Parameter ${path}/${name}`))));
}

/** Known only at deployment: a parameter, an attribute, or a reference that CloudFormation resolves. */
function isReference(value: string): boolean {
  return /^\{\{resolve:[^}]+\}\}$/.test(value) || (isOpaque(value) && value.replace(/\$\{[^}]*\}/g, '').trim() === '');
}
