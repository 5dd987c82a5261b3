import { RemovalPolicy, Token } from 'aws-cdk-lib';
import type { MachineClient } from './machine-client';
import type { MachineClientInboundOptions, MachineClients, MachineClientsProps } from './machine-clients';
import { MachineScope } from './machine-scope';
import { AgentOwner } from '../agent/agent-owner';
import { expectAsDeclared } from '../declaration/declared-properties';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { knownToDiffer } from '../declaration/same-value';
import { expectReason } from '../gateway/reason';
import { keyProblems } from '../provider/key-arn';

/** Of one resource server. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const MOST_SCOPES = 100;
/** Scopes in requests for tokens, as AgentCore takes them from targets of gateways. */
const LONGEST_FULL_SCOPE = 64;

/** Raises what is wrong with the properties. */
export function expectMachineClients(clients: MachineClients, props: MachineClientsProps): void {
  const problems = new Problems(clients.node.path);
  const fields = ['owner', 'domainPrefix', 'resourceServer', 'encryptionKey', 'awsManagedKey', 'removalPolicy'];
  expectKnownFields(problems, props, fields, 'MachineClients', 'MachineClients/UnknownField');
  problems.expect(props?.owner instanceof AgentOwner, {
    code: 'MachineClients/Owner', what: 'owner is missing', received: props?.owner, fix: 'Write owner: AgentOwner.team(\'platform\', \'platform@example.com\').',
  });
  problems.expectText(props?.domainPrefix, {
    name: 'domainPrefix',
    code: 'MachineClients/DomainPrefix',
    maximum: 63,
    pattern: /^(?!.*(aws|amazon|cognito))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
    allowed: '1 to 63 lower-case letters, digits and hyphens, not at an end, without the words aws, amazon and cognito',
    fix: 'Choose a name that nobody else in the region is likely to have, such as your company\'s and the stage\'s.',
  });
  const { resourceServer, encryptionKey, awsManagedKey } = props ?? {} as MachineClientsProps;
  problems.expect(resourceServer === undefined || isName(resourceServer, /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/), {
    code: 'MachineClients/ResourceServer',
    what: 'resourceServer is not valid',
    received: resourceServer,
    allowed: '1 to 64 letters, digits and . _ : / -, beginning with a letter or digit, known at synthesis',
    fix: 'It stands in front of every scope: give a short name, or leave it out.',
  });
  problems.expect(encryptionKey === undefined || awsManagedKey === undefined, {
    code: 'MachineClients/Key', what: 'encryptionKey and awsManagedKey exclude each other', fix: 'Keep encryptionKey.',
  });
  if (awsManagedKey !== undefined) {
    expectKnownFields(problems, awsManagedKey, ['reason'], 'awsManagedKey', 'MachineClients/UnknownField');
    expectReason(problems, awsManagedKey?.reason, 'MachineClients/Reason', 'Say why the secrets need no key that you can shut off.');
  }
  if (encryptionKey !== undefined) {
    const isKey = problems.expect(typeof encryptionKey === 'object' && encryptionKey !== null && 'keyRef' in encryptionKey, {
      code: 'MachineClients/Key', what: 'encryptionKey is not a KMS key', received: encryptionKey, fix: 'Pass a Key, or an import such as Key.fromKeyArn(this, \'Key\', arn).',
    });
    problems.addAll(isKey ? keyProblems(encryptionKey, 'encryptionKey', 'MachineClients/Key') : []);
    problems.expect(!isKey || !knownToDiffer(encryptionKey.env.region, clients.env.region), {
      code: 'MachineClients/Key',
      what: `encryptionKey is in region ${encryptionKey?.env?.region}, the secrets in ${clients.env.region}`,
      received: encryptionKey?.node?.path,
      fix: 'Use a key of the region of the stack.',
    });
  }
  problems.expect(props?.removalPolicy === undefined || Object.values(RemovalPolicy).includes(props.removalPolicy), {
    code: 'MachineClients/RemovalPolicy', what: 'removalPolicy is not valid', received: props?.removalPolicy, allowed: 'RemovalPolicy.RETAIN or another of its values', fix: 'Leave it out to keep pool and domain.',
  });
  const { region } = clients.env;
  problems.expect(Token.isUnresolved(region) || !/^(us-gov|cn|us-iso|eu-isoe)-/.test(region), {
    code: 'MachineClients/Region',
    what: 'the domains of user pools have other names in this region',
    received: region,
    fix: 'Make the clients yourself there, and declare them with MachineClient.fromOidc(…).',
  });
  problems.raise();
}

/** Raises what is wrong with a scope. */
export function expectScope(path: string, scopeName: string, description: string, others: readonly MachineScope[], resourceServer: string): void {
  const problems = new Problems(path);
  const rule = { code: 'MachineClients/Scope', fix: 'Give what stands behind the slash, such as mcp:call.' };
  problems.expect(isName(scopeName, /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/), {
    ...rule,
    what: 'name of the scope is not valid',
    received: scopeName,
    allowed: '1 to 64 letters, digits and . _ : -, beginning with a letter or digit, known at synthesis; no slash, which Cognito puts in front of it',
  });
  problems.expect(typeof scopeName !== 'string' || resourceServer.length + 1 + scopeName.length <= LONGEST_FULL_SCOPE, {
    ...rule, what: 'the scope is too long', received: `${resourceServer}/${scopeName}`, allowed: `${LONGEST_FULL_SCOPE} characters, with the resource server`,
  });
  problems.expect(!others.some((other) => other.scopeName === scopeName), { ...rule, what: 'there is such a scope already', received: scopeName });
  problems.expect(others.length < MOST_SCOPES, { ...rule, what: 'there are too many scopes', received: others.length + 1, allowed: `${MOST_SCOPES} in a resource server` });
  problems.expectText(description, { ...rule, name: 'description of the scope', maximum: 256, forPeople: true, allowed: '1 to 256 characters', fix: 'Say what the scope allows.' });
  problems.raise();
}

/** Raises what is wrong with the id of a client: it becomes a part of logical ids. */
export function expectClientId(clients: MachineClients, id: string): void {
  const problems = new Problems(clients.node.path);
  const good = problems.expect(isName(id, /^[A-Za-z][A-Za-z0-9._-]{0,63}$/), {
    code: 'MachineClient/Id', what: 'id of the client is not valid', received: id, allowed: '1 to 64 letters, digits and . _ -, beginning with a letter', fix: 'Name the type of agent: addClient(\'Reader\', { ... }).',
  });
  problems.expect(!good || clients.node.tryFindChild(id) === undefined, {
    code: 'MachineClient/Id', what: 'there is something of this id already', received: id, fix: 'Name each client differently.',
  });
  problems.raise();
}

/** What was changed of pool, clients and what keeps their secrets. Messages for CDK's validation. */
export function changedMachineClients(clients: MachineClients): string[] {
  const problems = new Problems(clients.node.path);
  expectAsDeclared(problems, clients, {
    code: 'MachineClients/ChangedElsewhere',
    fix: 'Write it on MachineClients: domainPrefix, resourceServer, encryptionKey, addScope, and addClient(id, { scopes, accessTokenLifetime }). '
      + 'Clients that have to differ are made elsewhere, and declared with MachineClient.fromOidc(...).',
    secretive: ['SecretString', 'GenerateSecretString'],
  });
  return problems.messages();
}

/** Raises what is wrong with a way in. */
export function expectInbound(path: string, options: MachineClientInboundOptions, clients: readonly MachineClient[], scopes: readonly MachineScope[]): void {
  const problems = new Problems(path);
  expectKnownFields(problems, options, ['clients', 'scopes'], 'MachineClients.inbound', 'MachineClients/UnknownField');
  const areOwn = <T>(given: T[] | undefined, own: readonly T[]) => Array.isArray(given) && given.length > 0
    && new Set(given).size === given.length && given.every((each) => own.includes(each));
  problems.expect(areOwn(options?.clients, clients), {
    code: 'MachineClients/Inbound',
    what: 'clients are not valid',
    received: Array.isArray(options?.clients) ? options.clients.map((client) => client?.node?.path ?? client) : options?.clients,
    allowed: 'at least one, each once, made by addClient here: a gateway takes tokens of one issuer',
    fix: 'Name the clients that may speak to the gateway.',
  });
  problems.expect(options?.scopes === undefined || areOwn(options.scopes, scopes), {
    code: 'MachineClients/Inbound',
    what: 'scopes are not valid',
    received: Array.isArray(options?.scopes) ? options.scopes.map(String) : options?.scopes,
    allowed: 'at least one, each once, made by addScope here',
    fix: 'Leave them out where every client with a token may come in.',
  });
  problems.raise();
}

function isName(value: unknown, pattern: RegExp): boolean {
  return typeof value === 'string' && !Token.isUnresolved(value) && pattern.test(value);
}
