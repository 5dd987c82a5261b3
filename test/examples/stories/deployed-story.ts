import { mkdtempSync, readdirSync, readFileSync, statSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { App, AppProps, Stack } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { runChecks } from '../../../src/checks/run-checks';
import { readSynthesizedApp } from '../../../src/synthesized/read-synthesized-app';
import type { AccessRequest, RequestContext } from '../../simulation/access-request';
import { deploy, FakeAccount } from '../../simulation/fake-account';
import type { PolicyDocument } from '../../simulation/policy-document';

const AC = 'arn:aws:bedrock-agentcore:eu-west-1:111122223333';
const DIRECTORY = `${AC}:workload-identity-directory/default`;
const VAULT = `${AC}:token-vault/default`;

/** What somebody asks AWS for; who asks is said beside it. */
export type Request = Omit<AccessRequest, 'principal'>;

export type MakeStory = (props?: AppProps) => App;

/** Where the platform of these stories keeps the key of the token vault. */
export const VAULT_KEY = 'arn:aws:kms:eu-west-1:111122223333:key/5a1b9c3d-7e2f-4a60-8b1c-0d9e8f7a6b5c';

/** A story after its deployment. Its things are found by construct path, and asked for as AWS is. */
export class DeployedStory {
  readonly account: FakeAccount;
  readonly directory: string;

  constructor(make: MakeStory, externalPolicies: Record<string, PolicyDocument> = {}) {
    this.directory = mkdtempSync(join(tmpdir(), 'story-'));
    this.account = deploy(make({ outdir: this.directory }), { parameters: { '/agents/token-vault-key-arn': VAULT_KEY }, externalPolicies });
  }

  /** Files by their path in the cloud assembly. */
  get files(): Map<string, string> {
    return new Map(filesUnder(this.directory).map((file) => [file.slice(this.directory.length + 1), readFileSync(file, 'utf8')]));
  }

  /** `severity rule path` of everything that the checks find, customer keys required. */
  get findings(): string[] {
    return runChecks(readSynthesizedApp(this.directory), { requireCustomerKeys: true }).map(({ rule, resource }) => `${rule.severity} ${rule.id} ${resource.path}`).sort();
  }

  /** ARN of the role, secret, key or runtime at this path. */
  arn(path: string): string {
    const construct = path.split('/').reduce((scope: IConstruct, id) => scope.node.findChild(id), this.account.app) as any;
    return this.account.valueOf(Stack.of(construct), construct.attrAgentRuntimeArn ?? construct.roleArn ?? construct.secretArn ?? construct.keyArn);
  }

  /** ARN of the identity that the template makes for the agent. */
  identity(agentPath: string): string {
    const [stack, agent] = agentPath.split('/');
    const found = this.account.resourcesOfType('AWS::BedrockAgentCore::WorkloadIdentity').filter((each) => each.stack.name === stack && each.logicalId.startsWith(`${agent}Identity`));
    if (found.length !== 1) throw new Error(`${found.length} identities of ${agentPath}`);
    return `${DIRECTORY}/workload-identity/${found[0].property('Name')}`;
  }

  /** ARN of the identity that AWS makes with the runtime, whose name is the runtime's id. */
  identityOfRuntime(path: string): string {
    return `${DIRECTORY}/workload-identity/${this.arn(path).split('/').pop()}`;
  }

  mintAsItself(identity: string): Request {
    return { action: 'bedrock-agentcore:GetWorkloadAccessToken', resources: [DIRECTORY, identity] };
  }

  mintForToken(identity: string, claims: RequestContext): Request {
    return { action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT', resources: [DIRECTORY, identity], context: claims };
  }

  mintForUserId(identity: string, id: string): Request {
    return { action: 'bedrock-agentcore:GetWorkloadAccessTokenForUserId', resources: [DIRECTORY, identity], context: { 'bedrock-agentcore:userid': id } };
  }

  oauth2Token(identity: string, provider: string): Request {
    return { action: 'bedrock-agentcore:GetResourceOauth2Token', resources: [DIRECTORY, identity, VAULT, `${VAULT}/oauth2credentialprovider/${provider}`] };
  }

  apiKey(identity: string, provider: string): Request {
    return { action: 'bedrock-agentcore:GetResourceApiKey', resources: [DIRECTORY, identity, VAULT, `${VAULT}/apikeycredentialprovider/${provider}`] };
  }

  complete(identity: string, provider: string, context: RequestContext): Request {
    return { action: 'bedrock-agentcore:CompleteResourceTokenAuth', resources: [DIRECTORY, identity, VAULT, `${VAULT}/oauth2credentialprovider/${provider}`], context };
  }

  invoke(runtimePath: string, action = 'InvokeAgentRuntime'): Request {
    const runtime = this.arn(runtimePath);
    return { action: `bedrock-agentcore:${action}`, resources: [runtime, `${runtime}/runtime-endpoint/DEFAULT`] };
  }

  /** Through AgentCore, or with the code's own credentials. */
  readSecret(path: string, way: 'through AgentCore' | 'directly'): Request {
    return { action: 'secretsmanager:GetSecretValue', resources: [this.arn(path)], context: { 'aws:ViaAWSService': String(way === 'through AgentCore') } };
  }

  decrypt(keyArn: string, service?: string): Request {
    return {
      action: 'kms:Decrypt',
      resources: [keyArn],
      context: service === undefined ? {} : { 'aws:ViaAWSService': 'true', 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` },
    };
  }
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder).sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesUnder(path) : [path];
  });
}
