/*
 * Whether every mutant is judged, which takes minutes (`EVERY_MUTANT=1 npx jest test/mutation`), or an even share of them.
 */
const EVERY = process.env.EVERY_MUTANT === '1';

/** All mutants, or every so manieth. */
export function shareOf<T>(mutants: readonly T[], step = 24): readonly T[] {
  return EVERY ? mutants : mutants.filter((_mutant, index) => index % step === 0);
}

/** Of all mutants, exactly so many make no difference for each reason; of a share, there is no other reason, and none is given more often. */
export function expectReasons(reasons: Record<string, number>, explained: Record<string, number>): void {
  if (EVERY) expect(reasons).toEqual(explained);
  else expect(Object.entries(reasons).filter(([reason, times]) => !(times <= explained[reason]))).toEqual([]);
}
