import { Chance } from './chance';
import { DeliveryService } from './delivery-service';
import { Deployments } from './deployments';
import { Region } from './region';

/** As many as it takes until everything has happened; a fifth of them without being asked for more. */
const WHOLE = 1000;

/** The seed of the run; another one with `TOKEN_VAULT_SEED`. */
const SEED = Number(process.env.TOKEN_VAULT_SEED ?? 20261121);
const SEQUENCES = Number(process.env.TOKEN_VAULT_SEQUENCES ?? WHOLE / 10);
const MOST_STEPS = 5;
const HAPPENINGS = [
  'Create SUCCESS', 'Create FAILED', 'Create unanswered', 'Update SUCCESS', 'Update FAILED', 'Delete SUCCESS', 'Delete FAILED',
  'creation rolled back', 'creation cancelled', 'update rolled back', 'rollback failed', 'changed elsewhere', 'vault changed',
  'replayed', 'replayed elsewhere', 'repeated after its answer', 'transientFaults', 'lasting', 'repeats',
];

const region = new Region();
beforeAll(() => region.open());
afterAll(() => region.close());

test(`${SEQUENCES} random sequences from seed ${SEED} end in the state that the last acknowledged request asked for`, async () => {
  const counts: Record<string, number> = {};
  for (let sequence = 0; sequence < SEQUENCES; sequence++) {
    const seed = SEED + sequence;
    const chance = new Chance(seed);
    const jitter = new Chance(seed + 1_000_000_007);
    region.reset();
    region.random = () => jitter.next();
    const lambda = new DeliveryService(region, chance);
    const deployments = new Deployments(region, chance, lambda);
    try {
      for (let steps = chance.between(3, MOST_STEPS); steps > 0; steps--) {
        await deployments.step();
      }
      expect(region.agentCore.key).toBe(deployments.wanted);
    } catch (error) {
      throw new Error(`Sequence ${sequence}, seed ${seed}: ${(error as Error).message}`);
    }
    for (const [what, howOften] of Object.entries({ ...deployments.count, ...lambda.count })) {
      counts[what] = (counts[what] ?? 0) + howOften;
    }
  }
  if (process.env.TOKEN_VAULT_FIGURES) {
    console.log(JSON.stringify(counts, undefined, 1));
  }
  // A whole run is worth something only if everything happened in it.
  for (const what of SEQUENCES < WHOLE ? [] : HAPPENINGS) {
    expect(`${what}: ${counts[what] > 0}`).toBe(`${what}: true`);
  }
}, 600_000);
