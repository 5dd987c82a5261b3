import { CapabilityAccess } from './access-model';
import { text } from './markdown-text';

/** The code of each capability, behind a summary that opens on a click. Nothing of it can end its fence: values are JSON on one line. */
export function codeDetails(capabilities: readonly CapabilityAccess[]): string[] {
  return capabilities.flatMap(({ kind, provider, code }) => (code === undefined ? [] : [
    `<details><summary>Code: ${kind} through ${text(provider)}</summary>`, '',
    '```typescript', code.typescript, '```', '',
    '```python', code.python, '```', '',
    '</details>', '',
  ]));
}
