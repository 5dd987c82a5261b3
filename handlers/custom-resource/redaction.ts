const CREDENTIAL_VARIABLES = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
const CREDENTIAL_PARAMETERS = /^(x-amz-(signature|credential|security-token)|signature|awsaccesskeyid)$/i;
const SIGNATURE = /(signature["']?\s*[=:]\s*["']?)[0-9a-z%/+=]{16,}/gi;
const SHORTEST_SECRET = 8;
const MASK = '[redacted]';

/** Masks what must not leave the function in a text. */
export interface Redaction {
  (text: string): string;
  /** From now on masks this value too. */
  hide(secret: string): void;
}

/**
 * Takes credentials out of text that leaves the function.
 *
 * Nothing here logs credentials on purpose; they come back in what others say. When a signature is wrong, AWS answers
 * with the request that it expected, headers and session token included, and that text would end up in the log and in
 * the stack's events.
 *
 * Masked are the function's own credentials, everything in the pre-signed URL's query that lets its holder answer for
 * this stack, and whatever follows the word "signature".
 */
export function redaction(responseUrl: URL | undefined, environment: NodeJS.ProcessEnv = process.env): Redaction {
  const secrets = new Set<string>();
  for (const variable of CREDENTIAL_VARIABLES) {
    secrets.add(environment[variable] ?? '');
  }
  if (responseUrl) {
    secrets.add(responseUrl.search.slice(1));
    for (const [name, value] of responseUrl.searchParams) {
      if (CREDENTIAL_PARAMETERS.test(name)) {
        secrets.add(value).add(encodeURIComponent(value));
      }
    }
  }
  // The longest first: a secret may contain another one.
  const known = () => [...secrets].filter(secret => secret.length >= SHORTEST_SECRET).sort((a, b) => b.length - a.length);
  const mask = (text: string) => known().reduce((masked, secret) => masked.replaceAll(secret, MASK), text).replace(SIGNATURE, `$1${MASK}`);
  return Object.assign(mask, { hide: (secret: string) => void secrets.add(secret) });
}
