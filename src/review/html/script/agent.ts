/** An agent: who owns it, what acts for it, and what it may do. */
export const agentScript = String.raw`
const AGENT = ['path', 'environment', 'identity', 'owner', 'suspendedReason', 'callers', 'acceptsCallsFrom', 'frontEnds', 'operators', 'invocation', 'returnUrls', 'parts', 'capabilities', 'remainingWildcards', 'leftToOthers'];
const CAPABILITY = ['kind', 'asWhom', 'broadBecause', 'delegation', 'tokenPath', 'provider', 'providerName', 'scopes', 'audiences', 'resources', 'refreshTokens', 'limits', 'reason', 'suspendedReason', 'statements', 'code'];
const PART = ['name', 'host', 'role', 'verbs', 'attachedHere', 'managedElsewhereReason', 'sharedReason', 'sharedWith', 'statements', 'requiredPolicy'];
const FRONT_END = ['name', 'host', 'role', 'endpoints', 'webSocket', 'userIds', 'enforcedByApplication', 'reason', 'attachedHere', 'statements', 'requiredPolicy'];
const OPERATOR = ['name', 'host', 'role', 'endpoints', 'reason', 'attachedHere', 'statements', 'requiredPolicy'];
const CALLER = ['issuer', 'audiences', 'clients', 'scopes', 'anyClientReason'];

const either = (words, values) => (values.length === 0 ? [] : [' ' + words + ' ', values.flatMap((value, index) => (index === 0 ? [code(value)] : [' or ', code(value)]))]);

function callerLine(caller) {
  return make('p', {}, 'tokens of ', bdi(caller.issuer), either('for audience', caller.audiences), either('of client', caller.clients), either('with scope', caller.scopes),
    caller.anyClientReason === undefined ? undefined : [', ', mark('any-client'), ' ', bdi(caller.anyClientReason)], others(caller, CALLER).map(([term, value]) => [', ' + term + ': ', value]));
}

function partLine(part) {
  return make('p', {}, make('b', {}, bdi(part.name)), ': ' + part.host + ', role ', bdi(part.role), ', may ' + part.verbs.join(' and '),
    part.attachedHere ? undefined : ['; its policy is ', mark('elsewhere'), ' ', bdi(part.managedElsewhereReason || '')],
    part.sharedReason === undefined ? undefined : ['; ', mark('shared'), ' with ', joined(part.sharedWith || []), ', so it may complete any of their sessions: ', bdi(part.sharedReason)],
    others(part, PART).map(([term, value]) => ['; ' + term + ': ', value]));
}

function frontEndLine(frontEnd) {
  return make('p', {}, make('b', {}, bdi(frontEnd.name)), ': ' + frontEnd.host + ', role ', bdi(frontEnd.role), frontEnd.attachedHere ? undefined : [', whose policy is ', mark('elsewhere')],
    (frontEnd.webSocket ? ', also by WebSocket' : '') + ', on ', joined(frontEnd.endpoints),
    frontEnd.userIds === undefined ? undefined : [', for users whom it names, ', mark('unverified'), either('', frontEnd.userIds)],
    frontEnd.enforcedByApplication === undefined ? undefined : [' ', mark('application'), ' ', bdi(frontEnd.enforcedByApplication)],
    '. ', bdi(frontEnd.reason), others(frontEnd, FRONT_END).map(([term, value]) => ['; ' + term + ': ', value]));
}

function operatorLine(operator) {
  return make('p', {}, mark('broad'), ' ', make('b', {}, bdi(operator.name)), ', WITH THE CREDENTIALS OF THE AGENT’S ROLE: ' + operator.host + ', role ', bdi(operator.role),
    operator.attachedHere ? undefined : [', whose policy is ', mark('elsewhere')],
    operator.endpoints.length === 0 ? ', but not while the agent is suspended' : [', on ', joined(operator.endpoints)],
    '. ', bdi(operator.reason), others(operator, OPERATOR).map(([term, value]) => ['; ' + term + ': ', value]));
}

function othersWhoInvoke({ invocation, frontEnds = [], operators = [] }) {
  const nobody = operators.some(({ endpoints }) => endpoints.length > 0) ? 'nobody but operators' : 'nobody';
  const commands = invocation.othersDenied ? '; ' + nobody + ' may run commands in it'
    : frontEnds.some(({ userIds }) => userIds !== undefined) ? '; ' + nobody + ' may run commands where a front end names users' : '';
  return (invocation.othersDenied ? 'denied invoking it, on the runtime and its endpoints' : 'may invoke it as other policies allow' + (invocation.resourcePolicies === undefined ? '' : ', and is denied naming users')) + commands
    + (invocation.attachedHere === false ? ', once the runtime’s owner has attached the policies: NOT ATTACHED HERE' : '');
}

/* What lets front ends in: their own policies, and those of the runtime. */
function frontEndDetails(agent) {
  return [
    (agent.frontEnds || []).map((frontEnd) => [policyDetails('IAM of front end ' + frontEnd.name, frontEnd.statements),
      frontEnd.requiredPolicy === undefined ? undefined : required('What the owner of role ' + frontEnd.role + ' attaches', frontEnd.requiredPolicy)]),
    (agent.operators || []).map((operator) => [policyDetails('IAM of operator ' + operator.name, operator.statements),
      operator.requiredPolicy === undefined ? undefined : required('What the owner of role ' + operator.role + ' attaches', operator.requiredPolicy)]),
    ((agent.invocation && agent.invocation.resourcePolicies) || []).map(({ resource, policy }) => required('Resource policy of ' + resource, policy)),
  ];
}

function capabilityCard(agent, capability) {
  const off = capability.suspendedReason;
  const marks = data.attention.filter((each) => each.path === agent.path && each.place === capability.kind + ' with ' + capability.provider && each.mark !== 'suspended').map((each) => each.mark);
  return make('section', { class: 'card' + (off === undefined ? '' : ' off') },
    make('h3', {}, capability.kind + ' through ', bdi(capability.provider), off === undefined ? undefined : [' ', mark('suspended')], [...new Set(marks)].map((id) => [' ', mark(id)])),
    off === undefined ? undefined : make('p', { class: 'stop' }, 'SUSPENDED: ', bdi(off)),
    terms([
      ['Why', bdi(capability.reason)],
      ['As whom', [bdi(capability.asWhom), capability.broadBecause === undefined ? '' : [' (', bdi(capability.broadBecause), ')']]],
      ['Through', [bdi(capability.provider), ' (', code(capability.providerName), ')']],
      ['Scopes', capability.scopes.length === 0 ? 'none' : either('', capability.scopes).slice(1)],
      ['Audiences', capability.audiences && joined(capability.audiences)],
      ['Resources', capability.resources && joined(capability.resources)],
      ['Refresh token', capability.refreshTokens],
      ...others(capability, CAPABILITY),
    ]),
    capability.limits.length === 0 ? make('p', {}, make('b', {}, 'No limits: '), 'whoever holds an API key may do whatever the key may.')
      : table('Limited by what, enforced where', ['Limit', 'Enforced by', 'How'], capability.limits.map(({ limit, enforcedBy, how }) => [
        bdi(limit), make('span', { class: 'layer' }, enforcedBy === 'application' ? mark('application') : enforcedBy), bdi(how)])),
    agent.parts.map((part) => [part, part.statements.filter(({ sid }) => capability.statements.includes(sid))]).filter(([, statements]) => statements.length > 0)
      .map(([part, statements]) => policyDetails('IAM behind this, part ' + part.name, statements)),
    capability.code === undefined ? undefined : later('How the agent’s code asks', () => Object.entries(capability.code).map(([language, lines]) => [make('h4', {}, titleOf(language)), make('pre', { tabindex: '0' }, lines.join('\n').split('\u0002').join(capability.providerName).split('\u0003').join(agent.identity.name))]).flat()));
}

function agentBody(agent) {
  return [
    agent.suspendedReason === undefined ? undefined : make('p', { class: 'stop' }, 'SUSPENDED: ', bdi(agent.suspendedReason)),
    terms([
      ['Owner', [bdi(agent.owner.name), ' (', bdi(agent.owner.contact), ')']],
      ['Identity', [code(agent.identity.name), agent.identity.madeHere ? '' : ', which exists already', ', in ' + where(agent.environment)]],
      ['Acts with', agent.parts.map(partLine)],
      ['Users come with', agent.callers.map(callerLine)],
      ['Calls reach it only through', agent.acceptsCallsFrom && joined(agent.acceptsCallsFrom)],
      ['Invoked by', agent.frontEnds && agent.frontEnds.map(frontEndLine)],
      ['Commands run by', agent.operators && agent.operators.map(operatorLine)],
      ['Everybody else', agent.invocation && othersWhoInvoke(agent)],
      ['Users return to', agent.returnUrls.map((url) => make('p', {}, bdi(url)))],
      ...others(agent, AGENT),
    ]),
    agent.capabilities.length === 0 ? make('p', {}, 'It may do nothing with credentials.') : [pathFigure(agent), agent.capabilities.map((capability) => capabilityCard(agent, capability))],
    wildcards(agent), leftToOthers(agent),
    make('h3', {}, 'Whole policies'),
    agent.parts.map((part) => [policyDetails('IAM of part ' + part.name, part.statements),
      part.requiredPolicy === undefined ? undefined : required('What the owner of role ' + part.role + ' attaches', part.requiredPolicy)]),
    frontEndDetails(agent),
  ];
}
`;
