import { type PasswordPrompt, passwordPrompt } from './password-prompt.ts';

/** A prompt on this process's own terminal. */
export const promptHere = (): PasswordPrompt =>
  passwordPrompt({
    input: process.stdin,
    write: (text) => process.stderr.write(text),
    interrupt: () => process.kill(process.pid, 'SIGINT'),
  });
