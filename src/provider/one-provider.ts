import { Problems } from '../declaration/problems';

/** Expects one provider where a configuration names it, not all of a prefix. What is no provider at all is another problem. */
export function expectOneProvider(problems: Problems, provider: { readonly namePrefix?: string } | undefined | null, code: string): void {
  problems.expect(provider?.namePrefix === undefined, {
    code,
    what: 'one provider is needed here, and this is a prefix of names',
    received: provider?.namePrefix,
    fix: 'Name the provider: define it, or import it with fromProviderName. A prefix is for capabilities of agents, whose code names the provider when it asks.',
  });
}
