import { AgentHost } from './agent-host';
import { AgentIdentity } from './agent-identity';
import { AgentOwner } from './agent-owner';
import { AgentPart } from './agent-part';
import { AgentProps } from './agent-props';
import { placeOf, subjectOf } from './gateway-call';
import { TokenIssuer } from './token-issuer';
import { Capability } from '../capability/capability';
import { CapabilityKind } from '../capability/capability-kind';
import { expectKnownFields } from '../declaration/known-fields';
import { Problems } from '../declaration/problems';
import { receivedAddress } from '../declaration/shown-address';
import { expectWebAddress } from '../declaration/web-address';

/** What can be said about an agent's properties at once, before anything else is declared. */
export function expectAgentProps(problems: Problems, props: AgentProps): void {
  const given = props ?? {} as AgentProps;
  expectKnownFields(problems, props, ['owner', 'host', 'parts', 'callers', 'returnUrls', 'identity'], 'An agent', 'Agent/UnknownField');
  expectIdentity(problems, given.identity);
  expectOwner(problems, given.owner);
  expectHosts(problems, given);
  expectCallers(problems, given.callers ?? []);
  expectReturnUrls(problems, given.returnUrls ?? []);
}

function expectIdentity(problems: Problems, identity: AgentIdentity | undefined): void {
  problems.expect(identity === undefined || identity instanceof AgentIdentity, {
    code: 'Agent/Identity', what: 'identity takes an identity', received: identity, fix: 'Write AgentIdentity.named(\'…\'), .fromName, .fromArn or .fromRef.',
  });
}

function expectOwner(problems: Problems, owner: AgentOwner): void {
  problems.expect(owner instanceof AgentOwner, {
    code: 'Agent/OwnerMissing',
    what: 'the agent has no owner',
    received: owner,
    fix: 'Write owner: AgentOwner.team(\'sales-tools\', \'sales-tools@example.com\'), so that somebody answers for it.',
  });
}

function expectHosts(problems: Problems, props: AgentProps): void {
  const parts = Array.isArray(props.parts) ? props.parts : [];
  problems.expect((props.parts === undefined || Array.isArray(props.parts)) && parts.every((part) => part instanceof AgentPart), {
    code: 'Agent/Parts', what: 'parts takes parts', received: props.parts, fix: 'Write AgentPart.acting(\'Worker\', AgentHost.lambdaFunction(fn)) or another of its forms.',
  });
  problems.expect(props.host === undefined || props.host instanceof AgentHost, {
    code: 'Agent/Host',
    what: 'host takes a host',
    received: props.host,
    fix: 'Write AgentHost.lambdaFunction(fn), AgentHost.ecsTask(taskDefinition) or AgentHost.role(role).',
  });
  problems.expect(props.host !== undefined || props.parts !== undefined && props.parts.length !== 0, {
    code: 'Agent/Host', what: 'neither host nor parts are given, so nothing could act for the agent', fix: 'Write host: AgentHost.lambdaFunction(fn), or parts.',
  });
  const acting = parts.filter((part) => part instanceof AgentPart && part.verbs.length === 2);
  problems.expect(props.host === undefined || acting.length === 0, {
    code: 'Agent/Host',
    what: 'both host and acting parts are given',
    received: acting.map((part) => part.name),
    fix: 'Give all of them as parts, each with a name: AgentPart.acting(\'Web\', AgentHost.lambdaFunction(fn)).',
  });
  problems.expect(!parts.some((part) => part?.name === 'Identity'), {
    code: 'Agent/Parts', what: 'a part is named Identity, like the agent\'s workload identity', fix: 'Name it after what it does, such as Worker.',
  });
  const names = [...(props.host !== undefined ? ['Host'] : []), ...parts.map((part) => part?.name)];
  problems.expect(new Set(names).size === names.length, {
    code: 'Agent/Parts', what: 'two parts have the same name', received: names, fix: 'Name each part differently; Host is the name of the part given as host.',
  });
}

function expectCallers(problems: Problems, callers: TokenIssuer[]): void {
  problems.expect(Array.isArray(callers) && callers.every((caller) => caller instanceof TokenIssuer), {
    code: 'Agent/Callers', what: 'callers takes token issuers', received: callers, fix: 'Write callers: [TokenIssuer.oidc({ issuer, audiences })].',
  });
}

function expectReturnUrls(problems: Problems, urls: string[]): void {
  const isList = problems.expect(Array.isArray(urls), {
    code: 'Agent/ReturnUrl', what: 'returnUrls takes a list', received: urls, fix: 'Write returnUrls: [\'https://…\'].',
  });
  if (!isList) {
    return;
  }
  for (const url of urls) {
    expectWebAddress(problems, url, {
      name: 'return URL',
      code: 'Agent/ReturnUrl',
      queryAllowed: true,
      loopbackAllowed: true,
      fix: 'Give the page of your application that completes the session, in full: AgentCore compares the whole address.',
    });
  }
  problems.expect(new Set(urls).size === urls.length, {
    code: 'Agent/ReturnUrl', what: 'a return URL is given twice', received: urls.map(receivedAddress), fix: 'Give each return URL once.',
  });
}

/** Each kind of capability once for each provider, so that a reviewer sees all its scopes in one place. */
export function expectNewCapabilities(problems: Problems, declared: readonly Capability[], capabilities: readonly Capability[]): void {
  const known = [...declared];
  for (const capability of capabilities) {
    if (!(capability instanceof Capability)) {
      problems.add({
        code: 'Agent/NotACapability',
        what: 'may() takes capabilities',
        received: capability,
        fix: 'Write Capability.actAsUser(provider, { ... }) or another of its forms.',
      });
      continue;
    }
    const twice = known.some((other) => subjectOf(other) === subjectOf(capability));
    problems.expect(!twice, {
      code: 'Agent/CapabilityTwice',
      what: `the agent already has a capability to ${capability.kind} with ${placeOf(capability)}`,
      fix: `Put all ${capability.kind === CapabilityKind.CALL_TOOLS ? 'tools' : 'scopes'} into one capability, so that a reviewer sees them in one place.`,
    });
    known.push(capability);
  }
}
