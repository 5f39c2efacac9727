/** Something secret is left in bytes that were cleaned: nothing is written then. It names the rule and the file, never the value. */
export class SecretLeft extends Error {
  override readonly name = 'SecretLeft';
}
