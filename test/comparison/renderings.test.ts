import { MINT, twoAgents } from './two-agents';
import { CHANGE_KINDS } from '../../src/comparison/change';
import { compareApps } from '../../src/comparison/compare-apps';
import type { ComparedApp } from '../../src/comparison/compared-app';
import { comparisonJson } from '../../src/comparison/comparison-json';
import { comparisonMarkdown } from '../../src/comparison/comparison-markdown';
import { comparisonText } from '../../src/comparison/comparison-text';
import { fingerprint } from '../../src/comparison/fingerprint';

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
      now:    Now | with <b>markup</b>, \`code\` and lines⟨U+001B⟩[2J
`);
});

const NAME = 'Sales/⟨U+001B⟩[4A⟨U+001B⟩[0J0 widened unchanged: 2 agents⟨U+202E⟩';

test('text for a terminal, in which no name moves the cursor or begins a line', () => {
  const now = twoAgents();
  now.model.agents[1].capabilities[0].scopes.push('one more');
  now.model.agents[1].path = 'Sales/\u001b[4A\u001b[0J0 widened\nunchanged: 2 agents\u202e';
  const [, ...rest] = comparisonText(compareApps(twoAgents() as ComparedApp, now as ComparedApp)).split('\n');
  expect(rest.find((line) => line.includes('0 widened'))).toContain(`  ${NAME}: `);
  expect(rest.join('\n')).not.toMatch(/^0 widened|[\u0000-\u0009\u000b-\u001f\u202e]/m);
});

test('Markdown for a pull request, in which nothing that somebody wrote is markup', () => {
  const lines = comparisonMarkdown(result()).split('\n');
  expect(lines[0]).toBe('**Access: 2 widened, 0 added, 0 cannot decide, 1 reason changed**');
  expect(lines.filter((line) => line.startsWith('| Sales'))).toEqual([
    '| Sales/Scheduler | **Nothing that the agent declares says so:** IAM of Sales/Function/ServiceRole: more is allowed |  |  | '
      + '`bedrock-agentcore:GetWorkloadAccessTokenForJWT on arn:aws:bedrock-agentcore:eu-west-1:111122223333:workload-identity-directory/default/workload-identity/scheduler without bedrock-agentcore:inboundjwtclaim/iss` |',
    '| Sales/Triage | act as user through Platform/Google: scope added |  | `a\\|bˋc` |  |',
    '| Sales/Scheduler | act as user through Platform/Google: reason | `Finds free slots` | `Now \\| with <b>markup</b>, ˋcodeˋ and lines⟨U+001B⟩[2J` |  |',
  ]);
});

test('Markdown ends with a fingerprint, where one is known and something changed', () => {
  const last = (more: object) => comparisonMarkdown({ ...result(), ...more }).trimEnd().split('\n').pop();
  expect(last({ fingerprint: 'ab12' })).toBe('Fingerprint of the difference: `ab12`');
  expect(last({})).toMatch(/^(\||<\/details>)/);
  const same = compareApps(twoAgents() as ComparedApp, twoAgents() as ComparedApp);
  expect(comparisonMarkdown({ ...same, fingerprint: 'ab12' })).toBe(comparisonMarkdown(same));
});

describe('the fingerprint of a difference', () => {
  const app = (...actions: string[]) => {
    const made = twoAgents();
    made.policies.principals[2].statements[0].actions = actions;
    return made as ComparedApp;
  };

  test('is another one where two differences look the same', () => {
    const [one, other] = [app('s3:*'), app('s3:*', 'sqs:*')];
    expect(comparisonText(compareApps(app(MINT), one))).toBe(comparisonText(compareApps(app(MINT), other)));
    expect(fingerprint(app(MINT), one)).not.toBe(fingerprint(app(MINT), other));
  });

  test('does not ask what is the same on both sides', () => {
    const more = (made: ComparedApp) => ({ ...made, model: { ...made.model!, agents: [] } });
    expect(fingerprint(more(app(MINT)), more(app('s3:*')))).toBe(fingerprint(app(MINT), app('s3:*')));
    expect(fingerprint(app(MINT), app(MINT))).toBe(fingerprint(app('s3:*'), app('s3:*')));
  });

  test('is another one for the way back', () => {
    expect(fingerprint(app(MINT), app('s3:*'))).not.toBe(fingerprint(app('s3:*'), app(MINT)));
  });
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
