import type { AgentDescription, AppDescription } from './description';

/** Something that the library does not do as described, with a way to keep random apps off it until it is mended. */
export interface OpenFinding {
  readonly title: string;
  /** The nearest app that does not meet it. */
  readonly avoid: (app: AppDescription) => AppDescription;
}

/** What random apps have found, and what is not mended yet. Each has a test in `found.test.ts` that is expected to fail. */
export const OPEN_FINDINGS: readonly OpenFinding[] = [
  {
    title: 'an identity by ARN does not get the key of the vault, where one of the two environments is only known at deployment',
    avoid: (app) => (app.vaults.length === 0 ? app : {
      ...app,
      agents: app.agents.map((agent) => (agent.identity === 'ARN at deployment' || (agent.identity === 'ARN' && app.environment === 'at deployment') ? { ...agent, identity: 'name' } : agent)),
    }),
  },
  {
    title: 'a suspended provider of a stack without an environment is not cut off where it is imported by ARN',
    avoid: (app) => (app.environment === 'known' ? app : {
      ...app,
      agents: app.agents.map((agent) => ({
        ...agent, capabilities: agent.capabilities.map((capability) => (app.providers[capability.provider].suspended ? { ...capability, through: 'construct' } : capability)),
      })),
    }),
  },
  {
    title: 'a shared return page is shut for all its agents by one that is suspended, has a suspended capability, or does not act as a user',
    avoid: (app) => ({
      ...app,
      agents: app.agents.map((agent) => (completesFreely(app, agent) ? agent : {
        ...agent, parts: agent.parts.map((part) => (typeof part.host === 'number' ? { ...part, host: { kind: 'role', stack: agent.stack } } : part)),
      })),
    }),
  },
  {
    title: 'the policies of a shared return page whose role is imported overwrite each other where its agents are in several stacks',
    avoid: (app) => ({
      ...app,
      sharedPages: app.sharedPages.map((page, index) => {
        const stacks = new Set(app.agents.filter(({ parts }) => parts.some(({ host }) => host === index)).map(({ stack }) => stack));
        return stacks.size > 1 && (page.kind === 'role by ARN' || page.kind === 'role by name') ? { ...page, kind: 'role' } : page;
      }),
    }),
  },
];

function completesFreely(app: AppDescription, { suspended, capabilities }: AgentDescription): boolean {
  return !suspended && capabilities.every((capability) => !capability.suspended && !app.providers[capability.provider].suspended)
    && capabilities.some(({ kind }) => kind === 'user' || kind === 'user id');
}

export function withoutOpenFindings(app: AppDescription): AppDescription {
  return OPEN_FINDINGS.reduce((avoided, { avoid }) => avoid(avoided), app);
}
