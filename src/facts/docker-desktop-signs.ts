import type { SystemAnswers } from '../host/answers/system.ts';
import type { Host } from '../host/host.ts';

/** Signs of Docker Desktop; `refused` is why the Engine could not be asked for them. */
export type DesktopSigns = { readonly signs: readonly string[]; readonly refused: string | null };

const why = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/**
 * Looks for Docker Desktop. A sick Engine is kept as an answer of its own (errors are evidence too): it must not hide
 * what else is known of the platform.
 */
export const desktopSigns = async (host: Host, identity: SystemAnswers['identity']): Promise<DesktopSigns> => {
  if (identity.platform !== 'linux') return { signs: [], refused: null };
  const kernel = /linuxkit/i.test(identity.release) ? [`release ${identity.release}`] : [];
  try {
    const engine = await host.docker('engine');
    const socket = /\/\.docker\/desktop\//.test(engine.endpoint) ? [`Engine at ${engine.endpoint}`] : [];
    if (engine.state !== 'reachable') return { signs: [...kernel, ...socket], refused: null };
    const info = await host.docker('info');
    const told = [
      /^Docker Desktop/i.test(info.operatingSystem ?? '') && `OperatingSystem ${info.operatingSystem}`,
      /linuxkit/i.test(info.kernel ?? '') && `Engine's kernel ${info.kernel}`,
    ].filter((sign) => typeof sign === 'string');
    return { signs: [...kernel, ...socket, ...told], refused: null };
  } catch (error) {
    return { signs: kernel, refused: why(error) };
  }
};
