/** Where Coreapp keeps its logs, and its crash logs among them, inside its container. */
export const LOG_FOLDER = '/usr/local/waent/logs';

/** Whether a file's name says that a process crashed: Coreapp's own crash logs, and core dumps. */
export const isCrashFile = (name: string): boolean => /-crash\.log$|^core(\.[^/]{1,200})?$/.test(name);
