import { readFileSync } from 'fs';
import { join } from 'path';
import { Finding, findingKey, Judge } from './finding';

/** Findings that stay, with the reason: every one of these rules on every one of these resources. */
export interface Acknowledgement {
  readonly judge: Judge;
  readonly rules: readonly string[];
  readonly resources: readonly string[];
  readonly reason: string;
}

/** What is left when the acknowledged findings are taken away. */
export interface Verdict {
  /** Findings that nobody has explained. */
  readonly unexplained: readonly Finding[];
  /** Acknowledgements of findings that are not there: the cause is gone, or the name is wrong. */
  readonly stale: readonly string[];
  readonly acknowledged: number;
}

/** The one file with the reasons. */
export function acknowledgements(): Acknowledgement[] {
  return JSON.parse(readFileSync(join(__dirname, 'acknowledged.json'), 'utf8'));
}

/** The judges that did not run say nothing about their acknowledgements. */
export function verdict(findings: readonly Finding[], all: readonly Acknowledgement[], judges: readonly Judge[]): Verdict {
  const given = all.filter(({ judge }) => judges.includes(judge));
  const explained = new Map<string, string>();
  for (const { judge, rules, resources, reason } of given) {
    for (const key of rules.flatMap((rule) => resources.map((resource) => findingKey({ judge, rule, resource })))) {
      if (explained.has(key)) {
        throw new Error(`acknowledged twice: ${key}`);
      }
      if (reason.trim().length < 20) {
        throw new Error(`acknowledged without a reason that says something: ${key}`);
      }
      explained.set(key, reason);
    }
  }
  const found = new Set(findings.map(findingKey));
  const unexplained = findings.filter((finding) => !explained.has(findingKey(finding)));
  return {
    unexplained,
    stale: [...explained.keys()].filter((key) => !found.has(key)),
    acknowledged: findings.length - unexplained.length,
  };
}
