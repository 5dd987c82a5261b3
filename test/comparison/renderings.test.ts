import { twoAgents } from './two-agents';
import { CHANGE_KINDS } from '../../src/comparison/change';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';
import { comparisonJson } from '../../src/comparison/comparison-json';
import { comparisonMarkdown } from '../../src/comparison/comparison-markdown';
import { comparisonText } from '../../src/comparison/comparison-text';

function result() {
  const now = twoAgents();
  now.model.agents[0].capabilities[0].reason = 'Now | with <b>markup</b>, `code` and\nlines\u001b[2J';
  now.model.agents[1].capabilities[0].scopes.push('a|b`c');
  now.policies.principals[0].statements[0].conditions = [];
  return compareApps(twoAgents() as ComparedApp, now as ComparedApp);
}

test('text for a terminal', () => {
  expect(comparisonText(result())).toBe(`2 widened, 0 added, 0 cannot decide, 1 reason changed
unchanged: 0 agents, 1 other principals

WIDENED
  !! Sales/Scheduler: IAM of Sales/Function/ServiceRole: more is allowed (nothing that the agent declares says so) [IAM]
      for example: bedrock-agentcore:GetWorkloadAccessTokenForJWT on arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/scheduler without bedrock-agentcore:inboundjwtclaim/iss
  Sales/Triage: act as user through Platform/Google: scope added [capability]
      now:    a|b\`c

REASON CHANGED
  Sales/Scheduler: act as user through Platform/Google: reason [capability]
      before: Finds free slots
      now:    Now | with <b>markup</b>, \`code\` and lines [2J
`);
});

test('Markdown for a pull request, in which nothing that somebody wrote is markup', () => {
  const lines = comparisonMarkdown(result()).split('\n');
  expect(lines[0]).toBe('**Access: 2 widened, 0 added, 0 cannot decide, 1 reason changed**');
  expect(lines.filter((line) => line.startsWith('| Sales'))).toEqual([
    '| Sales/Scheduler | **Nothing that the agent declares says so:** IAM of Sales/Function/ServiceRole: more is allowed |  |  | '
      + '`bedrock-agentcore:GetWorkloadAccessTokenForJWT on arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/scheduler without bedrock-agentcore:inboundjwtclaim/iss` |',
    '| Sales/Triage | act as user through Platform/Google: scope added |  | `a\\|bˋc` |  |',
    '| Sales/Scheduler | act as user through Platform/Google: reason | `Finds free slots` | `Now \\| with <b>markup</b>, ˋcodeˋ and lines\u001b[2J` |  |',
  ]);
});

test('Markdown where nothing changed', () => {
  expect(comparisonMarkdown(compareApps(twoAgents() as ComparedApp, twoAgents() as ComparedApp))).toBe('**Access: 0 widened, 0 added, 0 cannot decide**\n\nNobody may do more or less than before.\n');
});

test('JSON with a version, a count for each kind, and the same bytes for the same input', () => {
  const json = comparisonJson(result());
  expect(json).toBe(comparisonJson(result()));
  const { version, counts, changes } = JSON.parse(json);
  expect(version).toBe('1.0');
  expect(Object.keys(counts)).toEqual([...CHANGE_KINDS]);
  expect(changes[0]).toEqual({
    subject: 'IAM',
    of: 'Sales/Scheduler',
    what: 'IAM of Sales/Function/ServiceRole: more is allowed',
    kind: 'widened',
    example: {
      action: 'bedrock-agentcore:GetWorkloadAccessTokenForJWT',
      resource: 'arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/scheduler',
      context: {},
      without: ['bedrock-agentcore:inboundjwtclaim/iss'],
    },
    unannounced: true,
  });
});
