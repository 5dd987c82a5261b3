const { mkdtempSync, readdirSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Says at the end of a run how many Cedar policies were judged: each text once, whichever test synthesized it. */
module.exports = class {
  onRunStart() {
    this.folder = mkdtempSync(join(tmpdir(), 'seen-cedar-'));
    process.env.CEDAR_SEEN = this.folder;
  }

  onRunComplete() {
    const names = readdirSync(this.folder);
    const count = (kind) => names.filter((name) => name.startsWith(`${kind}-`)).length;
    if (names.length > 0) {
      process.stderr.write(`Cedar: ${count('policy')} policies of ${count('gateway')} gateways parsed, validated and asked\n`);
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
};
