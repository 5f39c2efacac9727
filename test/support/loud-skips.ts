import type { Reporter } from 'vitest/node';

/** Says at the end which tests were skipped: their titles hold the reason. */
export const loudSkips: Reporter = {
  onTestRunEnd: (modules) => {
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => {
        const result = test.result();
        const why = result.state === 'skipped' && result.note;
        return `  ${module.relativeModuleId} > ${test.fullName}${why ? ` (${why})` : ''}`;
      }),
    );
    if (skipped.length > 0) console.log(`\n${skipped.length} tests SKIPPED on this machine:\n${skipped.join('\n')}`);
  },
};
