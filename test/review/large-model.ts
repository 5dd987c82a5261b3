/* eslint-disable no-bitwise */
import { fleet } from './fleet';
import type { AccessModel } from '../../src/review/access-model';
import { accessModelOf } from '../../src/review/app-access';

const MADE = 20;

/** The access model of a large fleet: that of a small one, again and again with other numbers, so that every name is another. */
export function largeModel(agents: number): AccessModel {
  const model = accessModelOf(fleet(MADE));
  const text = JSON.stringify({ agents: model.agents, providers: model.providers });
  const copies = [...Array(agents / MADE).keys()].map((copy): Pick<AccessModel, 'agents' | 'providers'> => JSON.parse(text
    .replace(/Team0/g, `Team${copy}`)
    .replace(/team-0/g, `team-${copy}`)
    .replace(/(Agent|desk |client-)(\d+)/g, (_all, word: string, number: string) => `${word}${copy * MADE + Number(number)}`)
    .replace(/-([0-9a-f]{8})(\\*")/g, (_all, hash: string, end: string) => `-${(parseInt(hash, 16) ^ (copy * 2654435761)).toString(16).replace('-', '').padStart(8, '0').slice(-8)}${end}`)));
  return { ...model, agents: copies.flatMap((copy) => copy.agents), providers: copies.flatMap((copy) => copy.providers) };
}
