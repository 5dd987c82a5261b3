import type { DeployedResource } from './deployed-resource';
import type { FakeAccount } from './fake-account';
import { MANAGED_POLICIES } from './managed-policies';
import { asList, type NamedPolicy, policyDocument } from './policy-document';
import { secretSuffix } from './stable-id';

/** A role (or a service or account principal, which has no policies here) and what IAM knows about it. */
export interface Principal {
  readonly arn: string;
  /** Empty for a service principal. */
  readonly accountId: string;
  readonly policies: NamedPolicy[];
  boundary?: NamedPolicy;
}

/** Where each resource type keeps the policy of which resource. */
const RESOURCE_POLICIES: Record<string, (resource: DeployedResource, account: FakeAccount) => { arns: string[]; document: unknown }> = {
  'AWS::IAM::Role': role => ({ arns: [arnOf(role)], document: role.property('AssumeRolePolicyDocument') }),
  'AWS::KMS::Key': key => ({ arns: [arnOf(key)], document: key.property('KeyPolicy') }),
  'AWS::SecretsManager::ResourcePolicy': (policy, account) => ({ arns: [arnOfSecret(policy, account)], document: policy.property('ResourcePolicy') }),
  'AWS::BedrockAgentCore::ResourcePolicy': policy => ({ arns: [policy.property('ResourceArn')], document: policy.property('Policy') }),
  'AWS::SNS::TopicPolicy': policy => ({ arns: policy.property('Topics'), document: policy.property('PolicyDocument') }),
  'AWS::S3::BucketPolicy': policy => ({
    arns: [`arn:${policy.stack.partition}:s3:::${policy.property('Bucket')}`],
    document: policy.property('PolicyDocument'),
  }),
};

const CACHE = new WeakMap<FakeAccount, AccountPolicies>();

/** The policies of a deployment, collected once. */
export function policiesOf(account: FakeAccount): AccountPolicies {
  if (!CACHE.has(account)) CACHE.set(account, new AccountPolicies(account));
  return CACHE.get(account)!;
}

/**
 * Every policy that the templates of a deployment attach to a role or to a resource. Roles that the templates only
 * import are here as well, because policies are attached to them by name.
 */
export class AccountPolicies {
  private readonly roles = new Map<string, Principal>();
  /** Roles whose whole ARN is known, as opposed to those to which the templates attach policies by name. */
  private readonly defined = new Set<Principal>();
  private readonly ofResources = new Map<string, NamedPolicy>();

  constructor(private readonly account: FakeAccount) {
    this.collectExternalPolicies();
    account.resourcesOfType('AWS::IAM::Role').forEach(role => this.collectRole(role));
    account.resourcesOfType('AWS::IAM::Policy').forEach(policy => {
      asList<string>(policy.property('Roles')).forEach(name => this.attach(name, policy, policy.property('PolicyName')));
    });
    account.resourcesOfType('AWS::IAM::RolePolicy').forEach(policy => {
      this.attach(policy.property('RoleName'), policy, policy.property('PolicyName'));
    });
    account.resourcesOfType('AWS::IAM::ManagedPolicy').forEach(policy => {
      asList<string>(policy.property('Roles')).forEach(name => this.attach(name, policy, String(policy.ref(policy.path))));
    });
    this.collectResourcePolicies();
  }

  get principals(): Principal[] {
    return [...this.roles.values()];
  }

  get resourcePolicies(): ReadonlyMap<string, NamedPolicy> {
    return this.ofResources;
  }

  /** Finds a role by name or ARN. Services and accounts are principals too; their only policies are those of resources. */
  principal(nameOrArn: string): Principal {
    if (/\.amazonaws\.com(\.cn)?$/.test(nameOrArn)) return { arn: nameOrArn, accountId: '', policies: [] };
    if (/^arn:[^:]+:iam::\d+:root$/.test(nameOrArn)) return { arn: nameOrArn, accountId: nameOrArn.split(':')[4], policies: [] };
    const { accountId, name } = nameOrArn.startsWith('arn:') ? parseRoleArn(nameOrArn) : { accountId: undefined, name: nameOrArn };
    const found = this.principals.filter(role => {
      const own = parseRoleArn(role.arn);
      return own.name === name && (accountId === undefined || own.accountId === accountId);
    });
    if (found.length !== 1) {
      throw new Error(`${found.length} roles called "${nameOrArn}"; there are ${this.principals.map(role => role.arn).sort().join(', ')}`);
    }
    const [role] = found;
    if (accountId === undefined || role.arn === nameOrArn) return role;
    if (this.defined.has(role)) throw new Error(`there is no role ${nameOrArn}; it is ${role.arn}`);
    return { ...role, arn: nameOrArn };
  }

  /** The policy of a resource; of an object, that of its bucket. A key that the deployment does not own is taken to leave the decision to its account's IAM. */
  resourcePolicy(resourceArn: string): NamedPolicy | undefined {
    const [, partition, service, , accountId] = resourceArn.split(':');
    const owned = this.ofResources.get(service === 's3' ? resourceArn.split('/')[0] : resourceArn);
    if (owned || service !== 'kms') return owned;
    const root = { AWS: `arn:${partition}:iam::${accountId}:root` };
    const statement = { Sid: 'EnableIamPolicies', Effect: 'Allow' as const, Principal: root, Action: 'kms:*', Resource: '*' };
    return { name: 'default key policy', document: { Version: '2012-10-17', Statement: [statement] } };
  }

  private collectExternalPolicies(): void {
    for (const [arn, document] of Object.entries(this.account.options.externalPolicies ?? {})) {
      const [kind] = arn.split(':')[5]?.split('/') ?? [];
      if (arn.includes(':iam:') && kind === 'role') addPolicy(this.define(arn, 'externalPolicies'), { name: 'external', document });
      else if (!(arn.includes(':iam:') && kind === 'policy')) this.ofResources.set(arn, { name: `policy of ${arn}`, document });
    }
  }

  private collectRole(resource: DeployedResource): void {
    const role = this.define(arnOf(resource), resource.path);
    for (const inline of asList<any>(resource.property('Policies'))) {
      addPolicy(role, { name: inline.PolicyName, document: policyDocument(inline.PolicyDocument, resource.path) });
    }
    for (const arn of asList<string>(resource.property('ManagedPolicyArns'))) addPolicy(role, this.managedPolicy(arn, resource.path));
    const boundary = resource.property('PermissionsBoundary');
    if (boundary !== undefined) role.boundary = this.managedPolicy(boundary, resource.path);
  }

  private attach(roleName: string, resource: DeployedResource, policyName: string): void {
    const { partition, accountId } = resource.stack;
    const document = policyDocument(resource.property('PolicyDocument'), resource.path);
    addPolicy(this.role(`arn:${partition}:iam::${accountId}:role/${roleName}`), { name: policyName, document });
  }

  private managedPolicy(arn: string, path: string): NamedPolicy {
    const owned = this.account.resourcesOfType('AWS::IAM::ManagedPolicy').find(policy => policy.ref(path) === arn);
    const document = owned?.property('PolicyDocument')
      ?? this.account.options.externalPolicies?.[arn] ?? MANAGED_POLICIES[arn.split(':iam::aws:policy/')[1]];
    if (!document) throw new Error(`${path}: managed policy ${arn} is not known here; give it in "externalPolicies"`);
    return { name: arn, document: policyDocument(document, path) };
  }

  private collectResourcePolicies(): void {
    for (const resource of this.account.resources) {
      const { arns, document } = RESOURCE_POLICIES[resource.type]?.(resource, this.account) ?? { arns: [], document: undefined };
      if (document === undefined) continue;
      for (const arn of arns) {
        if (this.ofResources.has(arn)) throw new Error(`${resource.path}: ${arn} has a policy already; the two would overwrite each other`);
        this.ofResources.set(arn, { name: `policy of ${resource.path}`, document: policyDocument(document, resource.path) });
      }
    }
  }

  private define(arn: string, path: string): Principal {
    const role = this.role(arn);
    if (this.defined.has(role)) throw new Error(`${path}: there is another role called ${arn}`);
    this.defined.add(role);
    return role;
  }

  /** A role's names are unique in its account, whatever their paths; policies know it by the name alone. */
  private role(arn: string): Principal {
    const { accountId, name } = parseRoleArn(arn);
    const key = `${accountId}/${name}`;
    if (!this.roles.has(key)) this.roles.set(key, { arn, accountId, policies: [] });
    return this.roles.get(key)!;
  }
}

/** A managed policy may be attached from both sides; an inline policy would overwrite another one of its name. */
function addPolicy(role: Principal, policy: NamedPolicy): void {
  if (role.policies.some(other => other.name === policy.name)) {
    if (policy.name.startsWith('arn:')) return;
    throw new Error(`${role.arn} has two policies called "${policy.name}"; one would overwrite the other`);
  }
  role.policies.push(policy);
}

function arnOf(resource: DeployedResource): string {
  return String(resource.attribute('Arn', resource.path));
}

/** A resource policy may name its secret by name, or by an ARN without the suffix. */
function arnOfSecret(policy: DeployedResource, account: FakeAccount): string {
  const id: string = policy.property('SecretId');
  const { partition, region, accountId } = policy.stack;
  const arn = id.startsWith('arn:') ? id : `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${id}`;
  const whole = `${arn}-${secretSuffix(arn.split(':secret:')[1])}`;
  const owned = account.resourcesOfType('AWS::SecretsManager::Secret').some(secret => secret.ref(secret.path) === whole);
  return owned || !id.startsWith('arn:') ? whole : arn;
}

function parseRoleArn(arn: string): { accountId: string; name: string } {
  return { accountId: arn.split(':')[4], name: arn.slice(arn.lastIndexOf('/') + 1) };
}
