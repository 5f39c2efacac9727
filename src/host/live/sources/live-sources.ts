import type { Asking } from '../../host.ts';
import type { Source } from '../../source.ts';
import { composeFiles } from './compose-files.ts';
import { deploymentSources } from './deployment-sources.ts';
import { apiFiles, databaseFiles } from './evidence-files.ts';
import { hostFacts } from './host-facts.ts';
import { networkFacts } from './network-facts.ts';
import { type AllPatience, allPatience } from './patience.ts';
import type { SourceSettings } from './settings.ts';
import { apart } from './source-of.ts';
import { systemLogs } from './system-logs.ts';
import { wadebug } from './wadebug.ts';

/**
 * All that a bundle may hold of this host, beside the report and the evidence of its run: what is known not to be there is a source
 * too, which says so when it is opened. Names are looked up; nothing is read before it is opened, and opening all of it in turn ends
 * within a minute however silent the host is. Rejects only when cancelled.
 */
export const liveSources = async (
  settings: SourceSettings,
  asking: Asking,
  all: AllPatience = allPatience(),
): Promise<readonly Source[]> => {
  const { evidence, window } = settings;
  const [compose, deployment, ofWadebug] = await Promise.all([
    composeFiles(settings, asking, all),
    deploymentSources(settings, all, asking),
    wadebug(all, asking.signal),
  ]);
  asking.signal.throwIfAborted();
  return apart([
    ...hostFacts(evidence, all),
    ...deployment,
    ...compose,
    ...apiFiles(evidence),
    ...databaseFiles(evidence),
    ...networkFacts(evidence, all),
    ...systemLogs(window, all),
    ...ofWadebug,
  ]);
};
