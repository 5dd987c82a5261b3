/** How well-known services begin their keys, tokens and client secrets, with as much behind as tells them from a name. */
const BEGINNINGS = new RegExp(`^(${[
  'sk-[\\w-]{12,}', '[srp]k_(live|test)_\\w{8,}', 'whsec_\\w{8,}', 'gh[opsur]_\\w{16,}', 'github_pat_\\w{16,}', 'glpat-[\\w-]{12,}', 'xox[abeprs]-[\\w-]{8,}', 'xapp-[\\w-]{8,}',
  'GOCSPX-[\\w-]{8,}', 'AIza[\\w-]{30,}', 'ya29\\.[\\w-]{16,}', 'A[KS]IA[A-Z0-9]{16}', 'SG\\.[\\w-]{8,}', 'shp(at|ss|ca|pa)_\\w{16,}', 'npm_\\w{16,}', 'pypi-\\w{16,}', 'hf_\\w{16,}',
  'eyJ[\\w-]{8,}\\.', '-----BEGIN ', '(Bearer|Basic) \\S{8,}',
].join('|')})`);

/** Shorter texts are names, however they look. */
const SHORTEST = 20;

/** So often do random letters and digits take turns, and words with a number or a year in them do not. */
const TURNS = 4;

/** Words with which a name ends that is the name of a credential. `token_type` and `id_token_hint` end in other words. */
const CREDENTIALS = ['secret', 'password', 'passwd', 'pwd', 'passphrase', 'apikey', 'key', 'token', 'credential', 'credentials', 'assertion', 'authorization', 'signature', 'pin'];

/** Whether the text begins as a well-known service begins its credentials. No name does. */
export function beginsLikeCredential(text: string): boolean {
  return BEGINNINGS.test(text.trim());
}

/** Whether the text looks like the value of a credential, and not like the name of one: it begins like one, or looks like chance. */
export function looksLikeCredential(text: string): boolean {
  const turns = text.match(/(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/gi)?.length ?? 0;
  return beginsLikeCredential(text) || (text.length >= SHORTEST && turns >= TURNS);
}

/** Whether something of this name is a credential: `client_secret`, `apiKey`, `X-Access-Token`. */
export function namesCredential(name: string): boolean {
  const words = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/).filter((word) => word !== '');
  const last = words[words.length - 1] ?? '';
  return (CREDENTIALS.includes(last) && words[words.length - 2] !== 'public') || /(secret|password|apikey|accesskey|accesstoken|privatekey|assertion)$/.test(last);
}
