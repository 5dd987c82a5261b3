import { PlacedStatement, readPolicy, UnreadPolicy } from './policy-document';
import { asRecord } from './record';
import { resolvedValue } from './resolved-properties';
import { SynthesizedApp, SynthesizedResource } from './synthesized-app';
import { textOf } from './template-value';

/** The policy of a resource: who may do what with it. */
export interface ResourcePolicy {
  /** Type of what is protected, such as `AWS::KMS::Key`. */
  readonly type: string;
  /** ARNs or names of what is protected. */
  readonly protects: readonly string[];
  readonly statements: readonly PlacedStatement[];
}

interface PolicyProperty {
  readonly document: string;
  readonly protectedType: string;
  /** The property that names what is protected; absent: the resource itself. */
  readonly protects?: string;
  /** The attribute that is the ARN of the resource itself. */
  readonly arn?: string;
}

const POLICY_PROPERTIES: Readonly<Record<string, PolicyProperty>> = {
  'AWS::KMS::Key': { document: 'KeyPolicy', protectedType: 'AWS::KMS::Key', arn: 'Arn' },
  'AWS::KMS::ReplicaKey': { document: 'KeyPolicy', protectedType: 'AWS::KMS::Key', arn: 'Arn' },
  'AWS::SecretsManager::ResourcePolicy': { document: 'ResourcePolicy', protectedType: 'AWS::SecretsManager::Secret', protects: 'SecretId' },
  'AWS::BedrockAgentCore::ResourcePolicy': { document: 'Policy', protectedType: 'AWS::BedrockAgentCore', protects: 'ResourceArn' },
  'AWS::S3::BucketPolicy': { document: 'PolicyDocument', protectedType: 'AWS::S3::Bucket', protects: 'Bucket' },
  'AWS::SQS::QueuePolicy': { document: 'PolicyDocument', protectedType: 'AWS::SQS::Queue', protects: 'Queues' },
  'AWS::SNS::TopicPolicy': { document: 'PolicyDocument', protectedType: 'AWS::SNS::Topic', protects: 'Topics' },
  'AWS::ECR::Repository': { document: 'RepositoryPolicyText', protectedType: 'AWS::ECR::Repository', arn: 'Arn' },
  'AWS::Logs::ResourcePolicy': { document: 'PolicyDocument', protectedType: 'AWS::Logs', protects: 'PolicyName' },
  'AWS::XRay::ResourcePolicy': { document: 'PolicyDocument', protectedType: 'AWS::XRay', protects: 'PolicyName' },
};

/** Documents that are no policies of resources: those of principals, and what only looks like one. */
const OTHERS = /^AWS::IAM::|^AWS::BedrockAgentCore::Policy$/;

/** Names that other types give their policies. */
const DOCUMENT_NAME = /Polic(y|ies)|PolicyDocument|PolicyText$/;

/** The policies of all resources, in the order of the templates. */
export function resourcePolicies(app: SynthesizedApp): { readonly policies: ResourcePolicy[]; readonly unread: UnreadPolicy[] } {
  const policies: ResourcePolicy[] = [];
  const unread: UnreadPolicy[] = [];
  for (const resource of app.stacks.flatMap(({ resources }) => resources)) {
    if (resource.type === 'AWS::Lambda::Permission') {
      policies.push(functionPermission(app, resource));
      continue;
    }
    for (const { document, protectedType, protects, arn } of propertiesOf(app, resource)) {
      const written = document.split('.').reduce<unknown>((value, name) => asRecord(value)[name], resource.properties);
      if (written === undefined) {
        continue;
      }
      const read = readPolicy(app, { document: written, place: { resource, location: `Properties.${document}` } });
      const guarded = protects !== undefined ? resource.properties[protects] : arn !== undefined ? { 'Fn::GetAtt': [resource.logicalId, arn] } : { Ref: resource.logicalId };
      policies.push({ type: protectedType, protects: textsOf(app, resource, guarded), statements: read.statements });
      unread.push(...read.unread);
    }
  }
  return { policies, unread };
}

function propertiesOf(app: SynthesizedApp, resource: SynthesizedResource): PolicyProperty[] {
  const known = POLICY_PROPERTIES[resource.type];
  if (known !== undefined) {
    return [known];
  }
  return OTHERS.test(resource.type) ? [] : Object.entries(resource.properties).filter(([name]) => DOCUMENT_NAME.test(name)).flatMap(([name, value]) => {
    const forms = resolvedValue(app, resource, value).map((form) => form.value);
    const within = forms.some((form) => looksLikeDocument(asRecord(form).PolicyDocument));
    return within || forms.some(looksLikeDocument) ? [{ document: within ? `${name}.PolicyDocument` : name, protectedType: resource.type }] : [];
  });
}

/** An object, or the JSON of one. */
function looksLikeDocument(value: unknown): boolean {
  return typeof value === 'string' ? /^\s*\{[^]*"Statement"\s*:/.test(value) : asRecord(value).Statement !== undefined;
}

/** What a permission of a function says, as the statement that Lambda makes of it. */
function functionPermission(app: SynthesizedApp, resource: SynthesizedResource): ResourcePolicy {
  const { Action, FunctionName, Principal, SourceAccount, SourceArn, PrincipalOrgID, FunctionUrlAuthType, EventSourceToken, InvokedViaFunctionUrl } = resource.properties;
  const like = (SourceArn !== undefined ? { ArnLike: { 'aws:SourceArn': SourceArn } } : {});
  const equals = {
    ...(SourceAccount !== undefined ? { 'aws:SourceAccount': SourceAccount } : {}),
    ...(PrincipalOrgID !== undefined ? { 'aws:PrincipalOrgID': PrincipalOrgID } : {}),
    ...(FunctionUrlAuthType !== undefined ? { 'lambda:FunctionUrlAuthType': FunctionUrlAuthType } : {}),
    ...(EventSourceToken !== undefined ? { 'lambda:EventSourceToken': EventSourceToken } : {}),
  };
  const [principal = ''] = textsOf(app, resource, Principal);
  const type = principal === '*' ? '*' : /\.amazonaws\.com(\.cn)?$/.test(principal) ? 'Service' : 'AWS';
  const statement = {
    Effect: 'Allow',
    Principal: type === '*' ? '*' : { [type]: Principal },
    Action,
    Resource: FunctionName,
    Condition: {
      ...like,
      ...(Object.keys(equals).length > 0 ? { StringEquals: equals } : {}),
      ...(InvokedViaFunctionUrl !== undefined ? { Bool: { 'lambda:InvokedViaFunctionUrl': InvokedViaFunctionUrl } } : {}),
    },
  };
  const { statements } = readPolicy(app, { document: { Version: '2012-10-17', Statement: [statement] }, place: { resource, location: 'Properties' } });
  return { type: 'AWS::Lambda::Function', protects: textsOf(app, resource, FunctionName), statements };
}

function textsOf(app: SynthesizedApp, resource: SynthesizedResource, value: unknown): string[] {
  return resolvedValue(app, resource, value).flatMap(({ value: known }) => (known === undefined ? [] : Array.isArray(known) ? known : [known]).map(textOf));
}
